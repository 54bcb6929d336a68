import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type NumberRules, readPhone, toE164 } from './phone.ts';

const rules = (region: string, ...prefixes: string[]): NumberRules => ({ region, prefixes });

/** The plans' own ways to write a number: at home, without the trunk prefix, as a carrier sends it. */
test.each<[region: string, number: string, ways: string[]]>([
  [
    'RU',
    '+79165550142',
    ['89165550142', '9165550142', '79165550142', '+7 (916) 555-01-42', '8 (916) 555-01-42', '+89165550142'],
  ],
  ['RU', '+74951234567', ['8 495 123-45-67', '+7 (8) 495 1234567', '784951234567', '0074951234567']],
  ['RU', '+78001234567', ['88001234567', '8 800 123-45-67']],
  ['RU', '+4930901820', ['004930901820', '+49 (0)30 901820', '8~10 49 30 901820', '8104930901820']],
  ['KZ', '+77011234567', ['87011234567', '7011234567', '77011234567']],
  ['BY', '+375291234567', ['80291234567', '8 029 123-45-67', '291234567', '375291234567']],
  ['UA', '+380441234567', ['0441234567', '80441234567', '8 044 123-45-67', '441234567', '380441234567']],
  ['UZ', '+998901234567', ['901234567', '998901234567', '8901234567']],
  ['DE', '+4930901820', ['030 901820', '030/901820', '4930901820', '004930901820', '30901820']],
  ['DE', '+4915123456789', ['0151 23456789', '15123456789', '4915123456789']],
  ['GB', '+442079460958', ['020 7946 0958', '2079460958', '442079460958', '+44 (0)20 7946 0958']],
  ['US', '+12015550123', ['(201) 555-0123', '1-201-555-0123', '2015550123', '*67 201 555 0123']],
  ['US', '+79165550142', ['011 7 916 555 01 42', '0079165550142']],
  ['CA', '+15062345678', ['506-234-5678', '15062345678']],
  ['FR', '+33123456789', ['01 23 45 67 89', '01.23.45.67.89', '123456789', '0033123456789']],
  ['IT', '+390669812345', ['06 698 12345', '390669812345', '+39 06 69812345']],
  ['IT', '+393123456789', ['312 345 6789', '393123456789']],
  ['ES', '+34912345678', ['912 34 56 78', '34912345678']],
  ['PL', '+48123456789', ['12 345 67 89', '0 12 345 67 89', '48123456789']],
  [
    'BR',
    '+5511961234567',
    ['(11) 96123-4567', '011 96123-4567', '0 15 11 96123-4567', '(11) 6123-4567', '551161234567'],
  ],
  ['BR', '+551123456789', ['(11) 2345-6789', '551123456789']],
  [
    'MX',
    '+525512345678',
    ['55 1234 5678', '5215512345678', '525512345678', '01 55 1234 5678', '044 55 1234 5678'],
  ],
  [
    'AR',
    '+5491123456789',
    ['011 15 2345-6789', '+54 9 11 2345-6789', '5491123456789', '+54 11 15 2345-6789'],
  ],
  ['AR', '+541123456789', ['011 2345-6789', '541123456789']],
  ['IN', '+918123456789', ['081234 56789', '8123456789', '918123456789', '0918123456789']],
  ['AE', '+971501234567', ['050 123 4567', '501234567', '971501234567']],
  ['IL', '+972502345678', ['050-234-5678', '502345678', '972502345678']],
  ['CN', '+8613123456789', ['131 2345 6789', '8613123456789', '008613123456789']],
  ['CN', '+861012345678', ['010 1234 5678', '01012345678']],
])('%s: %s in all the ways in which it is written and sent', (region, number, ways) => {
  expect(ways.map((way) => [way, toE164(way, region)])).toEqual(ways.map((way) => [way, number]));
});

test.each<[string, string, string | null]>([
  ['sip:+79165550142@10.0.0.1;user=phone', '+79165550142', null],
  ['"Anna" <sip:89165550142@host:5060;transport=udp>;tag=1', '+79165550142', null],
  ['sips:%2B79165550142:secret@host', '+79165550142', null],
  ['tel:+7-916-555-01-42;ext=12', '+79165550142', '12'],
  ['tel:30901820;phone-context=+49', '+4930901820', null],
  ['sip:9165550142;phone-context=+7@host;user=phone', '+79165550142', null],
  ['79165550142@c.us', '+79165550142', null],
  ['8 (495) 123-45-67 доб. 12', '+74951234567', '12'],
  ['8 (495) 123-45-67 (вн. 12)', '+74951234567', '12'],
  ['+7 495 123 45 67 ext. 12', '+74951234567', '12'],
  ['+74951234567x12', '+74951234567', '12'],
  ['+74951234567,,12', '+74951234567', '12'],
  ['79165550142#74951230000', '+79165550142', null],
  ['79165550142#12', '+79165550142', '12'],
  ['9+79165550142', '+79165550142', null],
  ['++7 916 555 01 42', '+79165550142', null],
  ['#31#89165550142', '+79165550142', null],
  ['79165550142.0', '+79165550142', null],
  ['\u202a+7\u00a0916\u2011555\u201101\u201142\u202c', '+79165550142', null],
  ['+７９１６５５５０１４２', '+79165550142', null],
  ['+٧٩١٦٥٥٥٠١٤٢', '+79165550142', null],
])('%s is %s', (raw, number, extension) => {
  expect(readPhone(raw, rules('RU'))).toEqual({ number, extension });
});

test('letters are digits in a North American freephone number, and nowhere else', () => {
  expect(toE164('1-800-FLOWERS', 'US')).toBe('+18003569377');
  expect(toE164('1 800 CONTACTS', 'RU')).toBe('+18002668228');
  expect(toE164('8-916-CALLNOW', 'RU')).toBeNull();
});

describe('what is no number', () => {
  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['<>', 'empty'],
    ['anonymous', 'withheld'],
    ['Anonymous <sip:anonymous@anonymous.invalid>', 'withheld'],
    ['sip:c8oqz84zk7z@anonymous.invalid', 'withheld'],
    ['266696687', 'withheld'],
    ['Restricted', 'withheld'],
    ['Unknown', 'placeholder'],
    ['UNKNOWN', 'placeholder'],
    ['sip:Unknown@10.0.0.1', 'placeholder'],
    ['asterisk', 'placeholder'],
    ['s', 'placeholder'],
    ['0', 'placeholder'],
    ['0000000000', 'placeholder'],
    ['+0', 'placeholder'],
    ['-', 'placeholder'],
    ['unavailable', 'placeholder'],
    ['86282452253', 'placeholder'],
    ['неизвестно', 'placeholder'],
    ['dongle0', 'not-digits'],
    ['anna', 'not-digits'],
    ['ivan2000@mail.ru', 'not-digits'],
    ['DAHDI/33-1', 'not-digits'],
    ['192.168.1.10', 'not-digits'],
    ['89165550142, 84951234567', 'not-digits'],
    ['+79165550142 +74951234567', 'not-digits'],
    ['7.9E+10', 'rounded'],
    ['7,91656E+10', 'rounded'],
    ['*97', 'code'],
    ['#31#', 'code'],
  ])('%s: %s, and nobody is told by it', (raw, why) => {
    expect(readPhone(raw, rules('RU', '9'))).toEqual({ number: null, why, digits: null });
  });

  test.each([
    ['112', 'short', '112'],
    ['900', 'short', '900'],
    ['1001', 'short', '1001'],
    ['12', 'short', null],
    ['1', 'short', null],
    ['11111111', 'no-plan', null],
    ['5550142', 'no-plan', '5550142'],
    ['+1', 'short', null],
  ])('%s is %s; its digits are %s', (raw, why, digits) => {
    expect(readPhone(raw, rules('RU'))).toEqual({ number: null, why, digits });
  });

  test.each(['110', '911', '999', '000', '112', '0611', '116117'])('%s is a number of no region', (short) => {
    expect(
      getCountries().filter((region) => toE164(short, rules(region, '9')) !== null && short.length < 6),
    ).toEqual([]);
  });
});

describe('the prefix of an outside line', () => {
  test.each<[string, NumberRules, string | null]>([
    ['989165550142', rules('RU', '9'), '+79165550142'],
    ['979165550142', rules('RU', '9'), '+79165550142'],
    ['99165550142', rules('RU', '9'), '+79165550142'],
    ['9165550142', rules('RU', '9'), '+79165550142'],
    ['98104930901820', rules('RU', '9'), '+4930901820'],
    ['919165550142', rules('US', '9'), '+19165550142'],
    ['901179165550142', rules('US', '9'), '+79165550142'],
    ['0030901820', rules('DE', '0'), '+4930901820'],
    ['000493090182', rules('DE', '0'), '+493090182'],
    ['77789165550142', rules('RU', '9', '777'), '+79165550142'],
    ['*989165550142', rules('RU', '*9'), null],
    ['912345678', rules('PE', '9'), '+51912345678'],
    ['9112', rules('RU', '9'), null],
  ])('%s by %j is %s', (raw, by, number) => {
    expect(toE164(raw, by)).toBe(number);
  });

  test('that nobody told us of makes no foreign number', () => {
    expect(readPhone('989165550142', rules('RU'))).toEqual({
      number: null,
      why: 'no-plan',
      digits: '989165550142',
    });
    expect(toE164('919165550142', 'US')).toBeNull();
  });

  test('that may as well belong to the number leaves it open', () => {
    const both = readPhone('00302112345678', rules('DE', '0'));
    expect(both).toEqual({ number: null, why: 'ambiguous', digits: '00302112345678' });
  });
});

test('a foreign number without its plus is one where it can be nothing else', () => {
  expect(toE164('998901234567', rules('RU', '9'))).toBe('+998901234567');
  expect(toE164('380441234567', rules('RU', '9'))).toBe('+380441234567');
  expect(toE164('5215512345678', 'RU')).toBe('+525512345678');
  expect(toE164('84951234567', 'UZ')).toBeNull();
  expect(toE164('13123456789', 'RU')).toBeNull();
  expect(toE164('+84951234567', 'RU')).toBe('+84951234567');
});

/** Plans with numbers no longer than an extension, and one that writes 0 before some numbers only. */
const apart = ['AC', 'TK', 'GA'];
/** Their prefix of calls abroad is a single 0, which others dial at home. */
const abroadByZero = ['CV', 'WS'];
const regions = getCountries();
const plans = regions.flatMap((region) => {
  const example = getExampleNumber(region, examples);
  if (example === undefined || apart.includes(region)) return [];
  const national: string = example.nationalNumber;
  const atHome = [example.formatNational(), example.formatNational().replace(/\D/g, ''), national];
  const number: string = example.number;
  return [{ region, number, code: example.countryCallingCode, atHome }];
});

test.each(plans)(
  "$region: the plan's example, however it is written, is $number",
  ({ region, number, atHome }) => {
    const digits = number.slice(1);
    const ways = [...atHome, number, digits, `00${digits}`, `+${digits.slice(0, 3)} ${digits.slice(3)}`];
    for (const by of [rules(region), rules(region, '9'), rules(region, '0')])
      expect(ways.map((way) => [way, toE164(way, by)])).toEqual(ways.map((way) => [way, number]));
  },
);

test.each(plans)('$region: what is dialled at home is no foreign number elsewhere', ({ number, atHome }) => {
  const made: unknown[] = [];
  for (const other of plans.filter(({ region }) => !abroadByZero.includes(region)))
    for (const way of atHome.slice(1)) {
      const read = toE164(way, rules(other.region, '9'));
      if (read === null || read === number) continue;
      if (parsePhoneNumberFromString(read)?.countryCallingCode !== other.code)
        made.push([way, other.region, read]);
    }
  expect(made).toEqual([]);
});
