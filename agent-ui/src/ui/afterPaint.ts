/** A page that gets no frames, hidden or covered, waits no longer than this, ms. */
const longestMs = 100;

/**
 * Runs `then` when what stands in the document now has been painted: as the next frame but one begins, so that what `then` draws at once is
 * part of that frame. A hidden page paints nothing and waits for nothing.
 * @param frames how many frames are painted before
 * @returns takes it back
 */
export function afterPaint(then: () => void, frames = 1): () => void {
  let left = frames;
  let frame = requestAnimationFrame(begun);
  const limit = setTimeout(end, document.hidden ? 0 : longestMs);
  function begun() {
    // The frame that begins now shows what stands there; the one after the last of them runs `then`.
    left -= 1;
    frame = requestAnimationFrame(left <= 0 ? end : begun);
  }
  function takeBack() {
    clearTimeout(limit);
    cancelAnimationFrame(frame);
  }
  function end() {
    takeBack();
    then();
  }
  return takeBack;
}
