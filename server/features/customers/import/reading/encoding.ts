import { analyse } from 'chardet';

/** As the WHATWG names them, so that the runtime's own decoder reads them. */
export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1250'
  | 'windows-1251'
  | 'windows-1252'
  | 'koi8-r'
  | 'ibm866';

/** The 8-bit encodings in which spreadsheets, address books and 1C save, by the detector's names for them. */
const eightBit: Record<string, Encoding> = {
  'windows-1251': 'windows-1251',
  'KOI8-R': 'koi8-r',
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'ISO-8859-2': 'windows-1250',
  'windows-1250': 'windows-1250',
};

/** Bytes that are decoded at once. */
const pieceBytes = 64 * 1024;
/** Letters beyond ASCII from which an encoding is told. */
const sampleBytes = 16 * 1024;

/** What the file says of itself, by its byte order mark or by the zeros between its letters; null when it says nothing. */
function declared(bytes: Uint8Array): Encoding | null {
  const [one, two, three] = bytes;
  if (one === 0xef && two === 0xbb && three === 0xbf) return 'utf-8';
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, 4096);
  for (let at = 0; at < looked; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Delimiters, digits and line ends have a zero in UTF-16, and text has no zeros in any other encoding.
  if (even + odd < looked / 20) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** How many letters beyond ASCII are whole in UTF-8, and how many bytes are not. */
function utf8Letters(bytes: Uint8Array): { whole: number; broken: number } {
  let whole = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const length = lengthOf(bytes, at);
    if (length > 0) whole += 1;
    else broken += 1;
    at += Math.max(0, length - 1);
  }
  return { whole, broken };
}

/** Bytes of the letter that begins here; 0 when none does. */
function lengthOf(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf5 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  for (let next = 1; next < length; next += 1) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** The words of the file that have letters beyond ASCII: the others tell nothing, and outweigh them. */
function foreignWords(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(sampleBytes);
  let length = 0;
  let begin = 0;
  let foreign = false;
  for (let at = 0; at <= bytes.length && length < sampleBytes; at += 1) {
    const byte = bytes[at] ?? 0x20;
    if (byte >= 0x80) foreign = true;
    if (byte > 0x40) continue;
    if (foreign) {
      const word = bytes.subarray(begin, at).subarray(0, sampleBytes - length - 1);
      sample.set(word, length);
      length += word.length;
      sample[length] = 0x20;
      length += 1;
    }
    foreign = false;
    begin = at + 1;
  }
  return sample.subarray(0, length);
}

/** DOS wrote its Cyrillic where the other encodings have signs that are rare in names: 0x80 to 0xAF. The detector does not know it. */
function isDos(sample: Uint8Array): boolean {
  let low = 0;
  let high = 0;
  let pairs = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte < 0x80) continue;
    high += 1;
    if (byte < 0xb0) low += 1;
    if ((sample[at + 1] ?? 0) >= 0x80) pairs += 1;
  }
  return low > high * 0.4 && pairs > high * 0.6;
}

/**
 * The encoding of a text file: what its byte order mark says, else UTF-8 when nearly all of it is (one broken byte spoils its own line, not the
 * whole file), else what the detector finds most probable.
 */
export function encodingOf(bytes: Uint8Array): Encoding {
  const told = declared(bytes);
  if (told !== null) return told;
  const { whole, broken } = utf8Letters(bytes);
  if (broken === 0 || whole > broken * 4) return 'utf-8';
  const sample = foreignWords(bytes);
  if (isDos(sample)) return 'ibm866';
  for (const { name } of analyse(sample)) {
    const encoding = eightBit[name];
    if (encoding !== undefined) return encoding;
  }
  return 'windows-1251';
}

/** The decoder makes these of bytes that have no letter in a code page of Windows. */
const noLetter = /[\u0080-\u009f]/gu;

/** The text of a file, piece by piece; no letter is cut in two. A byte that is no letter becomes U+FFFD. */
export function* piecesOf(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const pieces = decoded(bytes, encoding);
  if (!encoding.startsWith('windows-')) return yield* pieces;
  for (const piece of pieces) yield piece.replace(noLetter, '\ufffd');
}

function* decoded(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = decoder.decode(bytes.subarray(from, from + pieceBytes), { stream: true });
    if (piece !== '') yield piece;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
