/**
 * The value of `promise`, or `instead()` when that takes longer than `ms`: a database that hangs holds up nobody of whom enough is known.
 * A failure of `promise` after that time is dropped.
 */
export async function withTimeout<T>(promise: Promise<T>, ms: number, instead: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    const first = await Promise.race([promise.then((value) => ({ value })), late]);
    return first === 'late' ? instead() : first.value;
  } finally {
    clearTimeout(timer);
  }
}
