import { type DialRules, dialRefusal } from './dial-rules.ts';

const rules: DialRules = {
  outboundPrefix: '9',
  extensionDigits: 5,
  queueExtensions: { sales: '2000' },
  region: 'RU',
  abroad: ['+375'],
  abroadForSupervisors: ['+49'],
  codes: ['*8'],
};

test.each<[string, 'agent' | 'supervisor' | 'admin', string, string | null]>([
  ['a queue', 'agent', 'sales', null],
  ['a colleague', 'agent', '1005', null],
  ['an emergency', 'agent', '112', null],
  ['home', 'agent', '+7 916 123-45-67', null],
  ['home as it is dialled there', 'agent', '8 (916) 123-45-67', null],
  ['a neighbour who is named', 'agent', '+375 29 123 45 67', null],
  ['a country for supervisors, by an agent', 'agent', '+49 30 1234567', 'abroad'],
  ['a country for supervisors, by one', 'supervisor', '+49 30 1234567', null],
  ['a satellite', 'admin', '+88213123456', 'abroad'],
  ['a satellite by the way out of the country', 'agent', '81088213123456', 'abroad'],
  ['a country of the same code', 'agent', '+7 701 234 56 78', 'abroad'],
  ['a premium number', 'admin', '8 809 505 12 34', 'premium'],
  ['digits of no plan', 'agent', '12345678901234567', 'unknown-number'],
  ['a code that is named', 'agent', '*8', null],
  ['a forward of the own phone', 'admin', '*21*79161234567#', 'code'],
  ['a code behind a number', 'agent', '89161234567#', 'code'],
  ['a door', 'agent', '#9', 'code'],
])('%s, by %s', (_what, role, to, refusal) => {
  expect(dialRefusal(role !== 'agent', to, rules)).toBe(refusal);
});

test('everything abroad, when the house wants it', () => {
  expect(dialRefusal(false, '+88213123456', { ...rules, abroad: ['all'] })).toBeNull();
});

test('the Caribbean is not home to the United States', () => {
  expect(dialRefusal(false, '+1 876 555 0123', { ...rules, region: 'US' })).toBe('abroad');
  expect(dialRefusal(false, '(212) 555-0123', { ...rules, region: 'US' })).toBeNull();
});
