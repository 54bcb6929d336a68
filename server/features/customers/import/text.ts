import { isUtf8 } from 'node:buffer';

/** Bytes that are decoded at once: a millisecond's work with what follows from it, so that calls are served between two pieces. */
const pieceBytes = 8 * 1024;

type Encoding = 'utf-8' | 'utf-16le' | 'windows-1251';

/**
 * As spreadsheets save their files: UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, else windows-1251 (what Excel writes in
 * Russia). Bytes that are no UTF-8 are what tells them apart.
 */
function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1251';
}

/** The text of a file, piece by piece; no letter is cut in two. */
export function* piecesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = decoder.decode(bytes.subarray(from, from + pieceBytes), { stream: true });
    if (piece !== '') yield piece;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The delimiter that stands most often in the first line, outside of quotes; a comma for a single column. */
export function delimiterOf(text: string): Delimiter {
  const counts = new Map<string, number>(delimiters.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '\n' || letter === '\r') break;
    else if (counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return delimiters.reduce((best, delimiter) =>
    (counts.get(delimiter) ?? 0) > (counts.get(best) ?? 0) ? delimiter : best,
  );
}
