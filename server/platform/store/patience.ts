/**
 * What `asked` gives, or `instead` when that takes longer than `ms`: a database that hangs must not make those wait of whom enough is known.
 * A failure of `asked` after that time is nobody's any more.
 */
export async function withPatience<T>(asked: Promise<T>, ms: number, instead: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    const first = await Promise.race([asked.then((value) => ({ value })), late]);
    return first === 'late' ? instead() : first.value;
  } finally {
    clearTimeout(timer);
  }
}
