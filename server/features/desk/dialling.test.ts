import type { User } from '@ringdesk/shared/user';
import type { AuditEntry } from '../../platform/audit/index.ts';
import { createDialling } from './dialling.ts';

const user: User = {
  id: 'u1',
  login: 'anna',
  name: 'Анна',
  role: 'agent',
  agent: '1001',
  device: 'PJSIP/1001',
  locale: null,
};

function setUp() {
  const clock = { now: 0 };
  const noted: AuditEntry[] = [];
  const dialling = createDialling({
    rules: {
      outboundPrefix: '9',
      extensionDigits: 5,
      queueExtensions: {},
      region: 'RU',
      abroad: [],
      abroadForSupervisors: [],
      codes: [],
    },
    audit: (entry) => noted.push(entry),
    elapsed: () => clock.now,
  });
  let done = 0;
  const dial = (to: string, kind: 'dialled' | 'transferred' = 'dialled') =>
    dialling
      .run({ user, to, kind, from: '10.0.0.7' }, async () => {
        done += 1;
      })
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
  return { clock, noted, dial, done: () => done };
}

const number = '+79161234567';

test('of forty at once one call is started', async () => {
  const { dial, done } = setUp();
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => dial(number)));
  expect([done(), outcomes.filter((outcome) => outcome === 'conflict').length]).toEqual([1, 39]);
});

test('then one a second, and thirty a minute', async () => {
  const { clock, dial, done } = setUp();
  expect([await dial(number), await dial(number)]).toEqual(['done', 'too-many-attempts']);
  for (let second = 0; second < 60; second += 1) {
    clock.now += 1000;
    await dial(number);
  }
  expect(done()).toBeLessThanOrEqual(61);
  expect(done()).toBeGreaterThan(29);
  clock.now += 1;
  expect(await dial(number)).toBe('too-many-attempts');
});

test.each(['+88213123456', '*21*79161234567#'])(
  '%s is not dialled, nor a live call sent there',
  async (to) => {
    const { dial, done, noted } = setUp();
    expect([await dial(to), await dial(to, 'transferred')]).toEqual(['forbidden', 'forbidden']);
    expect(done()).toBe(0);
    expect(noted).toMatchObject([
      { who: 'u1', what: 'dial-refused', to },
      { who: 'u1', what: 'dial-refused', to },
    ]);
  },
);

test('who dialled what, and from where, is recorded', async () => {
  const { dial, noted } = setUp();
  await dial(number);
  await dial('1005', 'transferred');
  expect(noted).toEqual([
    { who: 'u1', what: 'dialled', to: number, from: '10.0.0.7' },
    { who: 'u1', what: 'transferred', to: '1005', from: '10.0.0.7' },
  ]);
});
