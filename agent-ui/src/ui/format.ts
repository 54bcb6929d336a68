const shapes = {
  time: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  full: { dateStyle: 'long', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** The browser's formatters are costly to make, and a card that pops needs a dozen: each is made once. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: string, shape: keyof typeof shapes): Intl.DateTimeFormat {
  const key = `${locale} ${shape}`;
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, shapes[shape]);
  dateFormats.set(key, format);
  return format;
}

const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const format = relativeFormats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  relativeFormats.set(locale, format);
  return format;
}

/** `0:07`, `12:40`, `1:02:03`: whole seconds, rounded down; never negative. @param ms duration */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/**
 * When something was, as short as it is still clear: today the time, in the last days "yesterday, 14:05", in this year day, month and time,
 * else the day with its year.
 * @param iso ISO 8601  @param now ms since the epoch
 */
export function formatWhen(iso: string, now: number, locale: string): string {
  const at = new Date(iso);
  const time = dateFormat(locale, 'time').format(at);
  const days = daysBetween(at, new Date(now));
  if (days === 0) return time;
  if (days === 1) {
    const yesterday = relativeFormat(locale).format(-1, 'day');
    return `${yesterday}, ${time}`;
  }
  const sameYear = at.getFullYear() === new Date(now).getFullYear();
  const day = dateFormat(locale, sameYear ? 'day' : 'dayOfYear').format(at);
  return sameYear ? `${day}, ${time}` : day;
}

/**
 * When something will be, or should have been: "today, 14:05", "tomorrow, 9:00", "yesterday, …", else day, month and time, with the year when it is
 * another one.
 * @param iso ISO 8601  @param now ms since the epoch
 */
export function formatDue(iso: string, now: number, locale: string): string {
  const at = new Date(iso);
  const time = dateFormat(locale, 'time').format(at);
  const days = daysBetween(new Date(now), at);
  if (Math.abs(days) <= 1) return `${relativeFormat(locale).format(days, 'day')}, ${time}`;
  const sameYear = at.getFullYear() === new Date(now).getFullYear();
  return `${dateFormat(locale, sameYear ? 'day' : 'dayOfYear').format(at)}, ${time}`;
}

/** How long ago, in the largest fitting unit: "5 minutes ago", "yesterday". @param now ms since the epoch */
export function formatAgo(iso: string, now: number, locale: string): string {
  const relative = relativeFormat(locale);
  const minutes = Math.max(0, Math.floor((now - Date.parse(iso)) / 60_000));
  if (minutes < 60) return relative.format(-minutes, 'minute');
  const days = daysBetween(new Date(iso), new Date(now));
  if (days === 0) return relative.format(-Math.floor(minutes / 60), 'hour');
  return relative.format(-days, 'day');
}

/** Date and time in full, for a tooltip. */
export function formatFull(iso: string, locale: string): string {
  return dateFormat(locale, 'full').format(new Date(iso));
}

/** Calendar days from `a` to `b` at this place: 1 from yesterday 23:59 to today 0:01. */
function daysBetween(a: Date, b: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  return day(b) - day(a);
}

/** Up to two letters to stand for a name: `АП`, `R`. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return letters.join('').toUpperCase();
}
