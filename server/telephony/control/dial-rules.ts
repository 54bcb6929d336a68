import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type DialSettings, targetOf } from './target.ts';

export interface DialRules extends DialSettings {
  /** Where a number without a country code is at home (ISO 3166-1 alpha-2). */
  region: string;
  /** What everybody may dial abroad: how such numbers begin, `+375`; `all`: everything. */
  abroad: readonly string[];
  /** What supervisors, managers and administrators may dial beside that. */
  abroadForSupervisors: readonly string[];
  /** Codes with `*` or `#` that may be dialled, e.g. `*8`: all others could forward a phone or open a door. */
  codes: readonly string[];
}

export type DialRefusal = 'code' | 'abroad' | 'premium' | 'unknown-number';

/**
 * Why somebody may not dial this, or null: queues, extensions and numbers of the own region are for everybody, the rest is named in the settings.
 * The same holds for a transfer: behind it stands the same trunk.
 * @param dialsAbroad whether what is named for supervisors is named for them, too
 * @throws Refusal `bad-input` for what is nothing to dial
 */
export function dialRefusal(dialsAbroad: boolean, to: string, rules: DialRules): DialRefusal | null {
  const { kind, exten } = targetOf(to, rules);
  if (kind === 'queue') return null;
  if (/[*#]/.test(exten)) return rules.codes.includes(exten) ? null : 'code';
  if (kind === 'extension') return null;
  return outsideRefusal(dialsAbroad, to.trim(), rules);
}

function outsideRefusal(dialsAbroad: boolean, number: string, rules: DialRules): DialRefusal | null {
  const region = rules.region as CountryCode;
  const read = parsePhoneNumberFromString(number, { defaultCountry: region, extract: false });
  // A number that belongs to no plan goes where the dialplan sends it, and nobody knows where that is.
  if (read === undefined || !read.isPossible()) return 'unknown-number';
  if (read.getType() === 'PREMIUM_RATE') return 'premium';
  if (read.countryCallingCode === getCountryCallingCode(region) && isOfHome(read.country, region))
    return null;
  const allowed = dialsAbroad ? [...rules.abroad, ...rules.abroadForSupervisors] : rules.abroad;
  const isAllowed = allowed.some((beginning) => beginning === 'all' || read.number.startsWith(beginning));
  return isAllowed ? null : 'abroad';
}

/** Some plans are shared by many countries: +1 is the Caribbean, too, +7 is Kazakhstan. */
function isOfHome(country: CountryCode | undefined, region: CountryCode): boolean {
  return country === undefined || country === region;
}
