import { pbxAge } from './version.ts';

test.each([
  ['Asterisk Call Manager/1.3', '11.25.3'],
  ['Asterisk Call Manager/1.1', '1.8.32.3'],
  ['Asterisk Call Manager/1.3', null],
  ['Asterisk Call Manager/1.3', 'SVN-branch-11-r1'],
  ['ringdesk proxy', '11.25.3'],
])('%s, %s is too old, and the message says what is needed', (banner, asterisk) => {
  expect(pbxAge(banner, asterisk)).toEqual({
    kind: 'too-old',
    message: expect.stringMatching(/too old.*Asterisk 16 or newer is needed/),
  });
});

test.each([
  ['Asterisk Call Manager/2.8.0', '13.38.3'],
  ['Asterisk Call Manager/2.8.0', 'certified/13.21-cert6'],
])('%s, %s was not tried', (banner, asterisk) => {
  expect(pbxAge(banner, asterisk).kind).toBe('untried');
});

test.each([
  ['Asterisk Call Manager/5.0.5', '16.28.0~dfsg-0+deb11u4'],
  ['Asterisk Call Manager/11.0.0', '22.4.1'],
  ['Asterisk Call Manager/7.0.3', 'certified/18.9-cert5'],
  ['Asterisk Call Manager/11.0.0', 'GIT-22-0a1b2c'],
  ['Asterisk Call Manager/11.0.0', null],
  ['Asterisk Call Manager/11.0.0', 'GIT-master-0a1b2c'],
])('%s, %s is fine', (banner, asterisk) => {
  expect(pbxAge(banner, asterisk)).toEqual({ kind: 'fine' });
});
