type Parse = (number: string) => { formatInternational(): string } | undefined;

let parse: Parse | null = null;

/** A card shows the same number in several places, and each drawing of it would parse them anew. */
const formatted = new Map<string, string>();
const mostFormatted = 500;

/** Fetches the world's numbering plans, which are too large to be waited for when the page opens. */
export async function loadPhoneFormats(): Promise<void> {
  parse ??= (await import('libphonenumber-js/min')).parsePhoneNumberFromString;
}

/**
 * How people in the number's country write it for others: `+7 495 555-01-01`, `+44 20 7946 0958`. What is no E.164 stays as it is, and so
 * do foreign numbers until `loadPhoneFormats` is done.
 */
export function formatPhone(number: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`;
  if (!number.startsWith('+')) return number;
  if (parse === null) return number;
  const known = formatted.get(number);
  if (known !== undefined) return known;
  if (formatted.size >= mostFormatted) formatted.clear();
  const text = parse(number)?.formatInternational() ?? number;
  formatted.set(number, text);
  return text;
}
