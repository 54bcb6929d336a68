/** What is compared: without case, and е for ё, as people type. */
const plain = (text: string) => text.toLocaleLowerCase().replaceAll('ё', 'е');

/** The commands that have every typed word at the beginning of a word of theirs, in their order; all of them for an empty text. */
export function commandsWith<C extends { label: string }>(text: string, commands: readonly C[]): C[] {
  const words = wordsOf(text);
  return commands.filter(({ label }) => {
    const own = wordsOf(label);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  });
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
