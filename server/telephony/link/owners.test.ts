import { devicesOf } from '@ringdesk/shared/user';
import { loadConfig } from '../../config/index.ts';
import { createCallState, whosePhone } from '../calls/index.ts';
import { callOptions } from './call-options.ts';
import { ownersOf } from './owners.ts';

const anna = { id: '1001', devices: ['PJSIP/1001', '+79161234567'] };
const boris = { id: '2001', devices: ['kazan:PJSIP/1001'] };

test.each([
  ['moscow', '1001'],
  ['kazan', '2001'],
])('two PBXs may have a phone of one name: on %s it is that of %s', (pbx, agent) => {
  for (const order of [
    [anna, boris],
    [boris, anna],
  ])
    expect(ownersOf(order, pbx).get('PJSIP/1001')).toBe(agent);
  expect(ownersOf([anna, boris], pbx).get('+79161234567')).toBe('1001');
});

test('a user has the phones of the house first, and with a mobile alone the one of the extension', () => {
  expect(devicesOf({ agent: '1001', device: '+79161234567, kazan:PJSIP/1001' })).toEqual([
    'kazan:PJSIP/1001',
    '+79161234567',
  ]);
  expect(devicesOf({ agent: '1001', device: '+79161234567' })).toEqual(['PJSIP/1001', '+79161234567']);
  expect(devicesOf({ agent: null, device: '+79161234567' })).toEqual(['+79161234567']);
});

test('each PBX says how long its extensions are', () => {
  const config = loadConfig({ EXTENSION_DIGITS: '4' });
  const longer = createCallState(callOptions(config, { name: 'kazan', extensionDigits: 6 }));
  const usual = createCallState(callOptions(config, { name: 'moscow' }));
  expect(whosePhone(longer, 'PJSIP/200123').agent).toBe('200123');
  expect(whosePhone(usual, 'PJSIP/200123').agent).toBeNull();
});
