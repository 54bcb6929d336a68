/** A page that gets no frames, hidden or covered, waits no longer than this for one, ms. */
const longestMs = 100;

/**
 * Runs `then` when what stands in the document now has been painted: behind the next frame, in a task of its own, as the tasks of a frame
 * (callbacks, style, layout, paint) are done before any other begins. A hidden page paints nothing and waits for nothing.
 * @param frames how many frames to wait for
 * @returns takes it back
 */
export function afterPaint(then: () => void, frames = 1): () => void {
  let takeBack = afterFrame(next);
  function next() {
    frames -= 1;
    if (frames > 0) takeBack = afterFrame(next);
    else then();
  }
  return () => takeBack();
}

function afterFrame(then: () => void): () => void {
  let open = true;
  const once = () => {
    if (!open) return;
    open = false;
    clearTimeout(limit);
    then();
  };
  const limit = setTimeout(once, document.hidden ? 0 : longestMs);
  const frame = requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      once();
    };
    port2.postMessage(null);
  });
  return () => {
    open = false;
    clearTimeout(limit);
    cancelAnimationFrame(frame);
  };
}
