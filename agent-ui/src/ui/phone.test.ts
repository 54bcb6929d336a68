import { formatPhone, loadPhoneFormats } from './phone.ts';

test('a foreign number can be read before the numbering plans are there', () => {
  expect(formatPhone('+442079460958')).toBe('+442079460958');
});

test.each([
  ['+74955550101', '+7 495 555-01-01'],
  ['+79161234567', '+7 916 123-45-67'],
  ['+442079460958', '+44 20 7946 0958'],
  ['+77272581234', '+7 727 258-12-34'],
  ['1005', '1005'],
  ['+1', '+1'],
])('%s is written %s', async (number, text) => {
  await loadPhoneFormats();
  expect(formatPhone(number)).toBe(text);
});
