/**
 * What a PBX, a file or a person wrote where a phone number should stand, taken apart into what is dialled. No numbering plan is asked here: that is
 * `phone.ts`. Pure, and without a package, so that the call model may use it.
 */

/** Why a text is no phone number. */
export type NotDialled =
  /** Nothing stands there. */
  | 'empty'
  /** The caller asked not to be shown. */
  | 'withheld'
  /** A word of the network's or the PBX's that stands for "none": `Unknown`, `asterisk`, `s`, `0`. */
  | 'placeholder'
  /** A spreadsheet's `7.9E+10`: the digits are lost. */
  | 'rounded'
  /** A code of the PBX or the network: `*97`, `#31#`. */
  | 'code'
  /** Letters or other signs that stand in no phone number, or several numbers. */
  | 'not-digits';

export interface Dialled {
  /** It was marked as international: a country code follows. */
  plus: boolean;
  /** At least one, and nothing else. */
  digits: string;
  /** Behind the number: what is dialled when it answers. */
  extension: string | null;
}

const none = (why: NotDialled): { why: NotDialled } => ({ why });

const withheldWord = /^(anonymous|restricted|private|withheld|blocked|hidden|clir|аноним|скрыт(ый)?)\b/i;
const noneWord =
  /^(unknown|unavailable|asterisk|freeswitch|s|i|h|none|null|nil|undefined|n\/?a|no number|not available|нет|неизвест\p{L}*|-+|\?+|<unknown>|\(null\))$/iu;
/** ANONYMOUS and UNAVAILABLE on a phone's keys: how switches without letters write them. */
const wordsOnKeys = /^(\+?1?266696687|\+?86282452253)$/;

/** Whether the text is one of the network's words for a caller who asked not to be shown (RFC 3323, 4.1.1.3: `anonymous@anonymous.invalid`). */
export function saysWithheld(raw: string): boolean {
  const text = tidy(raw);
  return withheldWord.test(bare(text)) || /@anonymous\.invalid\b/i.test(text) || /266696687$/.test(text);
}

/** Takes the text apart, or tells why it is none. */
export function dialled(raw: string | null): Dialled | { why: NotDialled } {
  const whole = tidy(raw ?? '');
  const text = bare(whole);
  if (text === '') return none('empty');
  if (saysWithheld(whole)) return none('withheld');
  if (noneWord.test(text) || wordsOnKeys.test(text)) return none('placeholder');
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text)) return none('rounded');
  if (isAddress(text)) return none('not-digits');
  const { number, extension } = splitExtension(text.replace(/^(\d{5,})[.,]0+$/, '$1'));
  return digitsOf(onKeys(unhide(number)), extension);
}

/** Whether the text is empty, or one of the words that stand for "nobody" where a number or a name should be. */
export function saysNobody(raw: string): boolean {
  const text = bare(tidy(raw));
  return text === '' || noneWord.test(text) || saysWithheld(raw);
}

/**
 * The digits by which a number that is in no plan (a short one, one of a private network) can still be told from others; null where they are nobody's:
 * fewer than three, or one digit again and again, which is how switches fill an empty field.
 */
export function identityDigits(raw: string): string | null {
  const text = dialled(raw);
  return 'why' in text ? null : tellingDigits(text.digits);
}

/** The digits, where a number can be told from others by them; null for fewer than three, and for one digit again and again. */
export function tellingDigits(digits: string): string | null {
  return digits.length < 3 || (digits.length > 4 && /^(\d)\1*$/.test(digits)) ? null : digits;
}

/** One way of writing each sign: ASCII digits, plain spaces and dashes, no invisible marks (phones' contact lists are full of them). */
function tidy(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\p{Pd}\u2212\u30fc]/gu, '-')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Unicode's decimal digits stand in runs of ten that begin with zero; their values are found by counting back. */
function asciiDigit(sign: string): string {
  if (sign >= '0' && sign <= '9') return sign;
  let zero = sign.codePointAt(0) ?? 0;
  const code = zero;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** The user part of `"Anna" <sip:+7916…@host;user=phone>`, `tel:7042;phone-context=+49…` (RFC 3261, 3966), or the text as it is. */
function bare(text: string): string {
  const inside = /<([^<>]*)>[^<>]*$/.exec(text)?.[1] ?? text;
  const uri = /^(?:sips?|tel|callto|phone):(?:\/\/)?(.*)$/i.exec(inside.trim());
  const [user = '', host] = (uri?.[1] ?? inside).split('@');
  const isUri = uri !== null || host !== undefined;
  const [address = '', ...parameters] = (isUri ? unescaped(user) : user).split(';');
  const number = isUri ? address.replace(/:.*$/, '') : address;
  const value = (name: string) => parameters.find((one) => one.trim().toLowerCase().startsWith(`${name}=`));
  const context = /=(\+\d+)/.exec(value('phone-context')?.replace(/[\s().-]/g, '') ?? '')?.[1];
  const extension = /=(\d{1,11})$/.exec(value('ext')?.replace(/[\s().-]/g, '') ?? '')?.[1];
  const after = parameters.find((one) => /^\s*\d{1,6}$/.test(one));
  const global = context === undefined || number.trim().startsWith('+') ? number : `${context}${number}`;
  return `${global.trim().replace(/^["']+|["']+$/g, '')}${suffix(extension ?? after?.trim())}`;
}

const suffix = (extension: string | undefined) => (extension === undefined ? '' : ` ext ${extension}`);

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** `192.168.1.10`: a phone without a name calls by its address. Groups of two digits each are how the French write numbers. */
function isAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}(:\d+)?$/.test(text) && !/^\d\d(\.\d\d){3}$/.test(text);
}

const extensionMark =
  /^(.*?\d[\d)\s.-]*?)[\s,;(]*(?:ext(?:ension|n)?|int(?:erno)?|[xх]|durchwahl|доб(?:авочный|ав)?|вн(?:утр)?)[\s.:=]*(\d{1,11})\)?$/i;

/** Splits off what is dialled after the answer: `доб. 12`, `ext. 12`, `x12`, `,,12`, and what a PBX appends (`caller#called`). */
function splitExtension(text: string): { number: string; extension: string | null } {
  const marked = extensionMark.exec(text) ?? /^(.*?\d)\s*,[,\s]*(\d{1,6})$/.exec(text);
  if (marked !== null) return { number: marked[1] ?? '', extension: marked[2] ?? null };
  const hash = /^(\+?[\d\s().-]{5,})#(\d*)$/.exec(text);
  if (hash === null) return { number: text, extension: null };
  const after = hash[2] ?? '';
  return { number: hash[1] ?? '', extension: after !== '' && after.length <= 6 ? after : null };
}

/** Without the codes that hide or show the caller's number for this call: `*67` in North America, `#31#` and `*31#` in GSM (3GPP TS 22.030). */
function unhide(number: string): string {
  return number.replace(/^(?:[*#]31#|\*(?:67|82))\s*(?=[+(]?\d)/, '');
}

const keys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** Digits for the letters of a North American freephone number: `1-800-FLOWERS`. Only there are letters a number of their own. */
function onKeys(number: string): string {
  const vanity = /^(?:\+?1)?[\s(.-]*(8(?:00|33|44|55|66|77|88))[\s).-]+([a-z\d][a-z\d.\s-]{6,12})$/i.exec(
    number,
  );
  if (vanity === null || !/[a-z]{3}/i.test(vanity[2] ?? '')) return number;
  const digits = (vanity[2] ?? '')
    .toLowerCase()
    .replace(/[^a-z\d]/g, '')
    .replace(/[a-z]/g, (letter) => String(keys.findIndex((on) => on.includes(letter)) + 2));
  return digits.length < 7 ? number : `+1${vanity[1]}${digits.slice(0, 7)}`;
}

function digitsOf(number: string, extension: string | null): Dialled | { why: NotDialled } {
  if (/[*#]/.test(number) && /^[+\d\s*#]+$/.test(number)) return none('code');
  if (!/^[+\d\s().,/[\]'~-]+$/.test(number) || /\d\s*,/.test(number)) return none('not-digits');
  const digits = number.replace(/\D/g, '');
  if (digits === '') return none('not-digits');
  if (/^0+$/.test(digits)) return none('placeholder');
  const [before = '', after, ...more] = number.replace(/^[^\d+]*\++[^\d+]*/, '+').split('+');
  if (more.length > 0) return none('not-digits');
  if (after === undefined) return { plus: false, digits, extension };
  // What stands before the plus was put there to reach a line: `9+7916…`.
  const put = before.replace(/\D/g, '');
  if (put.length > 4) return none('not-digits');
  return { plus: true, digits: after.replace(/\D/g, ''), extension };
}
