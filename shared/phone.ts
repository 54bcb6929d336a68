import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * A phone number in E.164, or null when `raw` is not one (an extension, a withheld or garbled number).
 * @param raw as the network or a person gave it: `84955550101`, `8 (495) 555-01-01`, `+7 495 …`, `79161234567`
 * @param region where a number without a country code is at home (ISO 3166-1 alpha-2)
 */
export function toE164(raw: string | null, region: string): string | null {
  if (raw === null || !/\d{5}/.test(raw.replace(/[^\d]/g, ''))) return null;
  const country = region as CountryCode;
  const parsed = parsePhoneNumberFromString(raw, country);
  if (parsed?.isValid()) return parsed.number;
  // Carriers often send the full international number without its plus: 79161234567.
  const digits = raw.replace(/[^\d]/g, '');
  const international = parsePhoneNumberFromString(`+${digits}`);
  return international?.isValid() ? international.number : null;
}
