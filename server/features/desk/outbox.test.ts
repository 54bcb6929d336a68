import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../platform/errors.ts';
import { createLog } from '../../platform/log.ts';
import type { OutboxItem } from './kept.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { aClock } from './testing/clock.ts';
import { turns, until } from './testing/desk-at-work.ts';

const log = createLog({ level: 'silent', showPersonal: false });
let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-outbox-'));
  path = join(dir, 'below', 'desk.jsonl');
});
afterEach(async () => {
  for (const outbox of all.splice(0)) await outbox.stop();
  rmSync(dir, { recursive: true, force: true });
});
const all: Outbox[] = [];

const learned = (number: string, customerId: string): OutboxItem => ({
  kind: 'learn',
  number,
  customerId,
  by: '1001',
});

function receiver() {
  const received: string[] = [];
  /** How many came at once. */
  const together: number[] = [];
  const refused = new Set<string>();
  let failure: Error | null = null;
  return {
    received,
    together,
    refused,
    fail: (with_: Error | null) => {
      failure = with_;
    },
    async deliver(items: readonly OutboxItem[]) {
      const said = items.map((item) =>
        item.kind === 'learn' ? `${item.number}=${item.customerId}` : item.kind,
      );
      if (failure !== null || said.some((one) => refused.has(one)))
        throw failure ?? new Refusal('bad-input', 'wrong');
      received.push(...said);
      together.push(said.length);
    },
  };
}

async function opened(to: ReturnType<typeof receiver>) {
  const clock = aClock(0);
  const outbox = await openOutbox({ path, deliver: to.deliver, log, setTimer: clock.setTimer });
  all.push(outbox);
  return { clock, outbox };
}

test('delivers the first at once, and together and in order what comes while it rests', async () => {
  const to = receiver();
  const { clock, outbox } = await opened(to);
  outbox.start();
  await Promise.all(['1', '2', '3'].map((number) => outbox.put(learned(number, 'a'))));
  await until(() => to.received.length === 1);
  await outbox.put(learned('2', 'b'));
  clock.pass(99);
  await turns();
  expect(to.received).toEqual(['1=a']);
  clock.pass(1);
  await until(() => to.received.length === 3);
  expect(to.received).toEqual(['1=a', '3=a', '2=b']);
  expect(to.together).toEqual([1, 2]);
});

test('what rests when it stops is delivered before', async () => {
  const to = receiver();
  const { outbox } = await opened(to);
  outbox.start();
  await Promise.all([outbox.put(learned('1', 'a')), outbox.put(learned('2', 'b'))]);
  await until(() => to.received.length === 1);
  await outbox.stop();
  expect(to.received).toEqual(['1=a', '2=b']);
});

test('a receiver that is away does not keep it from stopping, and nothing is lost', async () => {
  const to = receiver();
  const { outbox } = await opened(to);
  to.fail(new Error('away'));
  outbox.start();
  await Promise.all([outbox.put(learned('1', 'a')), outbox.put(learned('2', 'b'))]);
  await outbox.stop();
  expect(outbox.waiting()).toHaveLength(2);
  expect((await opened(to)).outbox.waiting()).toEqual([learned('1', 'a'), learned('2', 'b')]);
});

test('one of many that is refused for good is left out, and the others are delivered', async () => {
  const to = receiver();
  to.refused.add('2=b');
  const { clock, outbox } = await opened(to);
  for (const [number, customer] of [
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'c'],
  ] as const)
    await outbox.put(learned(number, customer));
  outbox.start();
  clock.pass(0);
  await until(() => outbox.waiting().length === 0);
  expect(to.received).toEqual(['1=a', '3=c']);
});

test('what is acknowledged is on disk, and goes out after a restart, once', async () => {
  const to = receiver();
  const first = await opened(to);
  await first.outbox.put(learned('1', 'a'));
  await first.outbox.put(learned('2', 'b'));
  expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
  const second = await opened(to);
  second.outbox.start();
  await until(() => to.received.length === 2);
  await second.outbox.stop();
  const third = await opened(to);
  third.outbox.start();
  await turns();
  expect(to.received).toEqual(['1=a', '2=b']);
  expect(third.outbox.waiting()).toEqual([]);
  await third.outbox.stop();
  await first.outbox.stop();
});

test('the later word about the same thing takes the place of the earlier, also across a restart', async () => {
  const to = receiver();
  const first = await opened(to);
  await first.outbox.put(learned('1', 'a'));
  await first.outbox.put(learned('2', 'x'));
  await first.outbox.put(learned('1', 'b'));
  expect(first.outbox.waiting()).toEqual([learned('2', 'x'), learned('1', 'b')]);
  await first.outbox.stop();
  const second = await opened(to);
  second.outbox.start();
  await until(() => to.received.length === 2);
  expect(to.received).toEqual(['2=x', '1=b']);
  await second.outbox.stop();
});

test('a receiver that is away is tried again, with growing pauses', async () => {
  const to = receiver();
  const { clock, outbox } = await opened(to);
  outbox.start();
  to.fail(new Error('away'));
  await outbox.put(learned('1', 'a'));
  await turns();
  for (const pause of [500, 1000, 2000]) {
    clock.pass(pause);
    await turns();
  }
  expect(to.received).toEqual([]);
  to.fail(null);
  clock.pass(3999);
  await turns();
  expect(to.received).toEqual([]);
  clock.pass(1);
  await until(() => to.received.length === 1);
  await outbox.stop();
});

test('an item that is refused for good does not keep the others waiting', async () => {
  const to = receiver();
  const { clock, outbox } = await opened(to);
  to.fail(new Refusal('bad-input', 'wrong'));
  outbox.start();
  await outbox.put(learned('1', 'a'));
  await until(() => outbox.waiting().length === 0);
  to.fail(null);
  await outbox.put(learned('2', 'b'));
  clock.pass(100);
  await until(() => to.received.length === 1);
  expect(to.received).toEqual(['2=b']);
  await outbox.stop();
});

test('a line that was cut off by a crash, and lines of another version, are left out', async () => {
  const to = receiver();
  const first = await opened(to);
  await first.outbox.put(learned('1', 'a'));
  await first.outbox.stop();
  appendFileSync(path, '{"n":7,"item":{"kind":"unheard-of"}}\n{"n":8,"item":{"kind":"lea');
  const second = await opened(to);
  expect(second.outbox.waiting()).toEqual([learned('1', 'a')]);
  await second.outbox.put(learned('2', 'b'));
  await second.outbox.stop();
  expect((await opened(to)).outbox.waiting()).toHaveLength(2);
});

test('the file does not grow with what is done', async () => {
  const to = receiver();
  const { clock, outbox } = await opened(to);
  outbox.start();
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(Array.from({ length: 50 }, (_, n) => outbox.put(learned(`${round} ${n}`, 'a'))));
    clock.pass(100);
    await until(() => outbox.waiting().length === 0);
    await turns();
  }
  await outbox.stop();
  expect(to.received).toHaveLength(2000);
  expect(statSync(path).size).toBeLessThan(200_000);
});
