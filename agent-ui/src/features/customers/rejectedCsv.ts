import type { RejectedLines } from '@ringdesk/shared/customer-import';

/**
 * Rejected lines as a CSV to put right and import again: the columns of the file, and one more that says why. With `sep=` and a byte order mark,
 * so that every Excel opens it as a table.
 * @param why the reason of a line, in the reader's language
 */
export function rejectedCsv(
  { headers, lines }: RejectedLines,
  why: (line: RejectedLines['lines'][number]) => string,
  whyHeader: string,
): string {
  const width = Math.max(headers.length, ...lines.map(({ cells }) => cells.length));
  const padded = (cells: readonly string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '');
  const rows = [[...padded(headers), whyHeader], ...lines.map((line) => [...padded(line.cells), why(line)])];
  return `\ufeffsep=;\r\n${rows.map((row) => row.map(quoted).join(';')).join('\r\n')}\r\n`;
}

/** Quoted where it has to be; what a spreadsheet would take for a formula is kept text, but a phone is none. */
function quoted(cell: string): string {
  const text = /^(?:[=@]|[+-](?![\d\s(]))/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
