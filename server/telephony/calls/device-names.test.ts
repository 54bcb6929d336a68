import { deviceOf } from './device-names.ts';

test.each([
  ['PJSIP/1001-0000002a', 'PJSIP/1001'],
  ['PJSIP/desk-anna-0000002a', 'PJSIP/desk-anna'],
  ['Local/1005@agents-00000003;2', 'Local/1005@agents'],
  ['IAX2/boris-7731', 'IAX2/boris'],
  ['DAHDI/4-1', 'DAHDI/4'],
  ['Dongle/dongle0-0100000007', 'Dongle/dongle0'],
  ['Khomp/B0L3-0.0', 'Khomp/B0L3'],
  ['Khomp/B0L3-0.1', 'Khomp/B0L3'],
])('%s is a channel of %s', (name, device) => {
  expect(deviceOf(name)).toBe(device);
});
