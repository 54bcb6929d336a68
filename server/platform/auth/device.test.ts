import { cookieOf, createDevices } from './device.ts';

const devices = createDevices('a secret of the test');

test('a device is known to the account that it was let in to, and to no other', () => {
  const carried = devices.issue('anna', undefined);
  expect(devices.knownOf('anna', carried)).toBe(carried.split('.')[0]);
  expect(devices.knownOf('boris', carried)).toBeNull();
  expect(devices.issue('anna', undefined)).not.toBe(carried);
});

test.each([undefined, '', '.', 'abc', 'abc.def', `${devices.issue('anna', undefined)}x`])(
  '%j is nobody`s device',
  (carried) => {
    expect(devices.knownOf('anna', carried)).toBeNull();
  },
);

test('colleagues who share a desk are all known there, the last eight of them', () => {
  const names = Array.from({ length: 10 }, (_, at) => `agent${at}`);
  let carried: string | undefined;
  for (const name of names) carried = devices.issue(name, carried);
  expect(names.filter((name) => devices.knownOf(name, carried) !== null)).toEqual(names.slice(2));
});

test('a device of another house is a stranger', () => {
  expect(createDevices('another secret').knownOf('anna', devices.issue('anna', undefined))).toBeNull();
});

test('one cookie among others', () => {
  expect(cookieOf('a=1; device=x.y=; b=2', 'device')).toBe('x.y=');
  expect(cookieOf('adevice=1', 'device')).toBeUndefined();
  expect(cookieOf(undefined, 'device')).toBeUndefined();
});
