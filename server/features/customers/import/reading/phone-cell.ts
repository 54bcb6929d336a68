/** A phone as it stands in a cell, and as it is stored. */
export interface CellPhone {
  raw: string;
  number: string;
  /** What stands beside it in words: `моб`, `Мария`. */
  label: string | null;
}

export interface BadPart<Code extends string> {
  code: Code;
  value: string;
}

export type BadPhone = BadPart<'bad-phone' | 'short-phone' | 'scientific-phone'>;

/** @returns the phone in E.164, null when the text is none */
type NumberOf = (text: string) => string | null;

/** Raw text of a phone that is kept, letters. */
const longestRaw = 40;
const longestLabel = 60;

/** Words before an extension, as people and phone systems write them. */
const extensionWords =
  'доб|добавочный|доп|вн|внут|внутр|внутренний|тон|тоновый|ext|extn|extension|int|x|х|dw|durchwahl|#';
/** `, доб. 105`, ` вн.105`, `;ext=105`, `(доб. 105)` at the end: the extension is the house's own, and no caller shows it. */
const extension = new RegExp(
  `[\\s,;(/-]*(?:^|(?<![\\p{L}]))(?:${extensionWords})[.:=\\s]*\\(?\\s*\\d{1,6}\\s*\\)?$`,
  'iu',
);
/** A comma or semicolon parts two phones, unless an extension follows, a fraction of zeros, or the rest of `7,9E+10`. */
const separator = new RegExp(
  `:::|[|\\n\\r\\t]+|;(?!\\s*(?:ext|isub|phone-context)=)|,(?!\\s*(?:${extensionWords})[.:\\s(]*\\d)(?!0+\\s*$)(?!\\d*\\s*[eе]\\s*\\+?\\d)`,
  'iu',
);
/** What Excel shows of a long number: 7.9E+10. Cyrillic Е looks the same. */
const scientific = /^\+?(\d)(?:[.,](\d+))?\s*[eе]\s*\+?(\d{1,2})$/iu;
const somewhereScientific = /\d(?:[.,]\d+)?\s*[eе]\s*\+?\d/iu;

/** The phones of a cell: there may be several, with extensions, names and remarks beside them. `bad` is what was not understood of it. */
export function phonesOf(cell: string, numberOf: NumberOf): { phones: CellPhone[]; bad: BadPhone[] } {
  const phones: CellPhone[] = [];
  const bad: BadPhone[] = [];
  const parts = cleaned(cell)
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  for (const part of parts) {
    const found = isFew(part) && parts.length > 1 ? none(part) : understood(part, numberOf);
    phones.push(...found.phones);
    bad.push(...found.bad);
  }
  return { phones, bad };
}

/** An extension when it stands alone; beside another number, the end of that one: `123-45-67/68`. */
const isFew = (text: string) => /^\d{2,3}$/.test(text.trim());
const none = (part: string) => ({ phones: [], bad: [badPart(part, part)] });

/** Without what programs put around a number to keep it text, and marks that cannot be seen. */
function cleaned(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/^\s*="?(.*?)"?\s*$/su, '$1')
    .replace(/^['"`\s]+|['"`\s]+$/gu, '');
}

function understood(part: string, numberOf: NumberOf): { phones: CellPhone[]; bad: BadPhone[] } {
  const text = part.replace(/^(?:tel|callto|sip|phone|p)\s*:\s*/iu, '');
  const digits = exactly(text);
  if (digits === null) return { phones: [], bad: [{ code: 'scientific-phone', value: part }] };
  const bare = digits.replace(/^(\+?\d{5,})[.,]0+$/u, '$1').replace(extension, '');
  const whole = oneOf(bare, part, numberOf);
  if (whole !== null) return { phones: [whole], bad: [] };
  const several = bare
    .split(/\s*[/\\]\s*|\s+(?:и|или|and|or|&)\s+|(?<=\d[\s)]*)\s+(?=\+)/iu)
    .flatMap((piece) => apart(piece, numberOf));
  if (several.length < 2) return { phones: [], bad: [badPart(bare, part)] };
  const phones: CellPhone[] = [];
  const bad: BadPhone[] = [];
  for (const piece of several) {
    const phone = isFew(piece) ? null : oneOf(piece, piece, numberOf);
    if (phone === null) bad.push(badPart(piece, piece));
    else phones.push(phone);
  }
  return phones.length > 0 ? { phones, bad } : { phones: [], bad: [badPart(bare, part)] };
}

/**
 * The text with the digits of a number in scientific notation, when that has all of them: 4.951234567E9. 7.9E+10 has lost nine, and no rule
 * brings them back.
 * @returns null when digits are lost
 */
function exactly(text: string): string | null {
  const parts = scientific.exec(text);
  if (parts === null) return somewhereScientific.test(text) ? null : text;
  const [, first = '', more = '', exponent = ''] = parts;
  return more.length === Number(exponent) ? first + more : null;
}

function oneOf(text: string, raw: string, numberOf: NumberOf): CellPhone | null {
  const words = text.match(/\p{L}[\p{L}.'-]*/gu) ?? [];
  const plain = text
    .replace(/\p{L}[\p{L}.'-]*:?/gu, ' ')
    .replace(/^[^\d+(]+|[^\d)]+$/gu, '')
    .trim();
  // Numbers with letters in them are words for a keypad, and no remark beside a number.
  if (/\d\p{L}|\p{L}\d/u.test(text.replace(/\p{L}+[.:]/gu, ' '))) return null;
  const number = diallable(plain, numberOf);
  if (number === null) return null;
  const label = words.join(' ').slice(0, longestLabel).trim();
  const kept = raw.trim();
  return {
    number,
    raw: kept.length > longestRaw ? plain.slice(0, longestRaw) : kept,
    label: label === '' ? null : label,
  };
}

function diallable(plain: string, numberOf: NumberOf): string | null {
  // An extension. With four to six digits it is as often the beginning of a number that was cut off, and would be nobody's.
  if (isFew(plain)) return plain;
  // The trunk prefix with a plus before it, as a mistake of many; no country has the code 89, 84 is Vietnam's.
  const trunk = /^\+\s*(8[\s(-].*)$/.exec(plain)?.[1];
  const direct = trunk === undefined ? null : numberOf(trunk);
  const number = direct ?? numberOf(plain);
  if (number !== null) return number;
  const ending = plain.replace(/\s*\(\d{1,5}\)$/, '');
  const without = ending === plain ? null : numberOf(ending);
  return without ?? (/^\+\s*8/.test(plain) ? numberOf(plain.replace(/^\+\s*/, '')) : null);
}

/** Numbers with nothing but spaces between them: `89161234567 89031234567`. The text as it is when they do not part. */
function apart(text: string, numberOf: NumberOf): string[] {
  const groups = text.trim().split(/\s+/);
  if (groups.length > 16 || !/^[\d\s()+-]+$/.test(text) || text.replace(/\D/g, '').length < 14)
    return text.trim() === '' ? [] : [text.trim()];
  return parted(groups, numberOf) ?? [text.trim()];
}

function parted(groups: readonly string[], numberOf: NumberOf): string[] | null {
  for (let count = 1; count <= groups.length; count += 1) {
    const number = groups.slice(0, count).join(' ');
    if (number.replace(/\D/g, '').length < 7 || numberOf(number) === null) continue;
    if (count === groups.length) return [number];
    const rest = parted(groups.slice(count), numberOf);
    if (rest !== null) return [number, ...rest];
  }
  return null;
}

function badPart(text: string, value: string): BadPhone {
  const digits = text.replace(/\D/g, '').length;
  const isShort = digits > 0 && digits <= 7 && !/\p{L}/u.test(text);
  return { code: isShort ? 'short-phone' : 'bad-phone', value };
}
