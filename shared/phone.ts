import { Metadata } from 'libphonenumber-js/core';
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import plans from 'libphonenumber-js/metadata.max.json';
import { dialled, type NotDialled, tellingDigits } from './phone-text.ts';

/**
 * The one place that turns what a PBX delivers, a person types or a file holds into a phone number in E.164, or says that it is none. A wrong guess
 * is worse than none: what could be two numbers is no number.
 */

/** Where the text comes from. */
export interface NumberRules {
  /** Where a number without a country code is at home (ISO 3166-1 alpha-2). */
  region: string;
  /** What a PBX or a trunk puts before a number, to reach an outside line: `9` of `989165550142`. */
  prefixes?: readonly string[];
}

/** Why there is no number. */
export type NoNumber =
  | NotDialled
  /** An extension, a short or an emergency number: digits that are dialled, but no number of the world. */
  | 'short'
  /** Digits that could be two numbers. */
  | 'ambiguous'
  /** Digits that are a number in no plan that could be meant. */
  | 'no-plan';

export type PhoneReading =
  | {
      /** E.164: `+` and digits. */
      number: string;
      /** What is dialled when it answers. */
      extension: string | null;
    }
  | {
      number: null;
      why: NoNumber;
      /** The bare digits by which the other side can still be told from others: a short number, a number of no known plan. */
      digits: string | null;
    };

/** The number in E.164, or why it is none. */
export function readPhone(raw: string | null, rules: NumberRules): PhoneReading {
  const text = dialled(raw);
  if ('why' in text) return { number: null, why: text.why, digits: null };
  const found = text.plus ? marked(text.digits, rules) : unmarked(text.digits, rules);
  if (found.size === 1) return { number: [...found][0] ?? '', extension: text.extension };
  const why = found.size > 1 ? 'ambiguous' : text.digits.length <= longestShort ? 'short' : 'no-plan';
  return { number: null, why, digits: tellingDigits(text.digits) };
}

/**
 * A phone number in E.164, or null when `raw` is not one (an extension, a withheld or garbled number).
 * @param raw as the network or a person gave it: `84955550101`, `8 (495) 555-01-01`, `+7 495 …`, `79161234567`, `sip:+7495…@host`
 * @param rules the region where a number without a country code is at home, or more
 */
export function toE164(raw: string | null, rules: string | NumberRules): string | null {
  return readPhone(raw, typeof rules === 'string' ? { region: rules } : rules).number;
}

/** Longer than any short number, in digits: 112, 0611, 116117. */
const longestShort = 6;

/** A country code follows the plus; if none does, the plus was put before what is dialled at home: `+8916…`, `+0049…`. */
function marked(digits: string, rules: NumberRules): ReadonlySet<string> {
  const whole = international(digits);
  if (whole !== null) return new Set([whole]);
  const home = homeOf(rules.region);
  const inRegion = home?.trunk.test(digits) ? [national(digits, home), byTrunk(digits, home)] : [];
  return among([abroad(digits, home), ...inRegion]);
}

function unmarked(digits: string, rules: NumberRules): ReadonlySet<string> {
  const home = homeOf(rules.region);
  const own = atHome(digits, home);
  const stripped = among(
    (rules.prefixes ?? []).flatMap((prefix) => [...behind(prefix, digits, home, own.size > 0)]),
  );
  const certain = among([...own, ...stripped]);
  return certain.size > 0 ? certain : among([withoutPlus(digits, home)]);
}

/**
 * What may stand behind a prefix of an outside line.
 * @param known the digits are a number as they are: then one without its trunk prefix is not looked for behind their beginning
 */
function behind(prefix: string, digits: string, home: Home | null, known: boolean): ReadonlySet<string> {
  if (prefix === '' || !digits.startsWith(prefix)) return new Set();
  if (known && home !== null && digits.startsWith(`00${home.callingCode}`)) return new Set();
  const rest = digits.slice(prefix.length);
  const bare = home?.hasTrunk === true && !home.trunk.test(rest) && !rest.startsWith(home.callingCode);
  return known && bare && abroad(rest, home) === null ? new Set() : atHome(rest, home);
}

const among = (numbers: readonly (string | null)[]): ReadonlySet<string> =>
  new Set(numbers.filter((number) => number !== null));

interface Home {
  region: CountryCode;
  callingCode: string;
  /** What is dialled before a national number; matches nothing where there is no such thing. */
  trunk: RegExp;
  hasTrunk: boolean;
  /** What is dialled before a country code: 00, 011, 810. */
  abroad: RegExp;
  /** All its national numbers are shorter than this or as long, in digits. */
  longest: number;
}

const homes = new Map<string, Home | null>();

function homeOf(region: string): Home | null {
  const known = homes.get(region);
  if (known !== undefined) return known;
  const home = isSupportedCountry(region) ? makeHome(region) : null;
  homes.set(region, home);
  return home;
}

function makeHome(region: CountryCode): Home {
  const metadata = new Metadata(plans);
  metadata.selectNumberingPlan(region);
  const plan = metadata.numberingPlan;
  const dial = plan === undefined ? '' : trunkPrefix(plan);
  const trunks = [dial, oldTrunks[region] ?? ''].filter((prefix) => prefix !== '');
  return {
    region,
    callingCode: getCountryCallingCode(region),
    trunk: new RegExp(`^(?:${trunks.join('|') || '(?!)'})`),
    hasTrunk: dial !== '',
    abroad: new RegExp(`^(?:${plan?.IDDPrefix() ?? '(?!)'})`),
    longest: Math.max(...(plan?.possibleLengths() ?? [15])),
  };
}

/** The library knows it and its types leave it out. */
function trunkPrefix(plan: object): string {
  const read: unknown = 'nationalPrefix' in plan ? plan.nationalPrefix : undefined;
  const prefix: unknown = typeof read === 'function' ? read.call(plan) : undefined;
  return typeof prefix === 'string' ? prefix : '';
}

/** Prefixes of national numbers that are written and dialled still, though the plan has another one or none by now. */
const oldTrunks: Readonly<Record<string, string>> = {
  // 8 and the old zero of the city's code: 80441234567.
  UA: '8(?=0)',
  UZ: '8',
  // Until August 2019: 01 before other cities, 044 and 045 before mobiles.
  MX: '01|04[45]',
  PL: '0',
  LT: '8',
};

/** Numbers as people in the region dial them, or with the region's own country code. */
function atHome(digits: string, home: Home | null): ReadonlySet<string> {
  const foreign = abroad(digits, home);
  if (home === null || (foreign !== null && digits.startsWith('00'))) return among([foreign]);
  const own = digits.startsWith(home.callingCode) ? international(digits) : null;
  const whole = national(digits, home) ?? byTrunk(digits, home);
  // Where a zero belongs before a national number, digits without it that begin with the country code are an international number without its plus.
  const doubtful = own !== null && home.hasTrunk && !home.trunk.test(digits);
  return among(doubtful ? [own, foreign] : [whole ?? own, foreign]);
}

/** A number of the region: `84955550101`, `4955550101`. Shorter ones than six digits are extensions, unless the plan has no longer ones. */
function national(digits: string, home: Home): string | null {
  if (digits.length < Math.min(longestShort, home.longest)) return null;
  const parsed = parsePhoneNumberFromString(digits, { defaultCountry: home.region, extract: false });
  if (parsed?.countryCallingCode !== home.callingCode) return null;
  // The library takes off an own country code and the prefix of calls abroad as well; those are looked at apart.
  if (!digits.endsWith(parsed.nationalNumber.slice(-6)) || digits.startsWith('00')) return null;
  return parsed.isValid() ? parsed.number : renumbered(home.callingCode + parsed.nationalNumber);
}

/** The trunk prefix that only people know of (an old one), or one before the country code: `0919876543210`. */
function byTrunk(digits: string, home: Home): string | null {
  const rest = digits.replace(home.trunk, '');
  if (rest === digits) return null;
  const number = rest.startsWith(home.callingCode) ? international(rest) : null;
  return international(home.callingCode + rest) ?? number;
}

/** What follows the prefix of calls abroad: the region's own (011, 810), and 00, which carriers use everywhere (ITU-T E.123, E.164). */
function abroad(digits: string, home: Home | null): string | null {
  if (digits.startsWith('00')) return international(digits.slice(2));
  if (home === null) return null;
  const rest = digits.replace(home.abroad, '');
  return rest === digits ? null : international(rest);
}

/** A whole number with its country code and without the plus. */
function international(digits: string): string | null {
  if (digits.startsWith('0')) return null;
  const parsed = parsePhoneNumberFromString(`+${digits}`, { extract: false });
  return parsed?.isValid() ? current(parsed.number) : renumbered(digits);
}

/** Numbers of plans that were changed: people's address books and some carriers still have the old ones. */
const renumberings: readonly (readonly [old: RegExp, now: string])[] = [
  // Mexico, August 2019: the 1 of mobiles means nothing any more (IFT).
  [/^521(\d{10})$/, '52$1'],
  // Brazil, 2012 to 2016: a 9 before mobiles of eight digits (Anatel, resolution 553).
  [/^(55\d\d)([6-9]\d{7})$/, '$19$2'],
];

function renumbered(digits: string): string | null {
  for (const [old, now] of renumberings) {
    if (!old.test(digits)) continue;
    const parsed = parsePhoneNumberFromString(`+${digits.replace(old, now)}`, { extract: false });
    if (parsed?.isValid()) return parsed.number;
  }
  return null;
}

/** Brazil's mobiles of eight digits that begin with 7 still stand in the plan, for a network that was switched off in 2018. */
function current(number: string): string {
  return renumbered(number.slice(1)) ?? number;
}

/**
 * A foreign number of which the carrier left out the plus: `998901234567`. It must be so long that it is none of the region's own, no way of
 * another region to write its own, and no own number behind the digits for an outside line that nobody told us of (`9` and `8916…` is also Iran's).
 */
function withoutPlus(digits: string, home: Home | null): string | null {
  if (digits.length < 11 || alsoNational.some((way) => way.test(digits))) return null;
  const number = international(digits);
  if (number === null || home === null) return number;
  // Before a number without its trunk prefix nobody dials another digit than 9 (or 0, with which no country code begins).
  const mayStand = (rest: string, bare: boolean) =>
    byTrunk(rest, home) !== null ||
    (rest.startsWith(home.callingCode) && international(rest) !== null) ||
    ((bare || !home.hasTrunk) && atHome(rest, home).size > 0);
  const behindPrefix = mayStand(digits.slice(1), digits.startsWith('9')) || mayStand(digits.slice(2), false);
  return behindPrefix ? null : number;
}

/** China's and Germany's mobiles begin as North American numbers do, and Russia's way to dial at home begins as Vietnam's numbers do. */
const alsoNational = [/^1\d{10}$/, /^8[1-9]\d{9}$/];
