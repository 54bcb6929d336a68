import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../platform/errors.ts';
import { aCall, aCustomer, aLeg, aMember, aSummary } from './testing/call.ts';
import { aDesk, turns, until } from './testing/desk-at-work.ts';

const anna = '1001';
const boris = '1002';
const call = aCall('c1');
let open: ReturnType<typeof aDesk>[] = [];

async function started(options: Parameters<typeof aDesk>[0] = {}) {
  const desk = aDesk(options);
  open.push(desk);
  await desk.desk.start();
  desk.linkUp();
  await turns();
  desk.pushed();
  return desk;
}

afterEach(async () => {
  for (const { desk, database } of open) {
    database.setAway(false);
    database.release();
    await desk.stop();
  }
  for (const { remove } of open) remove();
  open = [];
});

test('from the queue to the desk: looked up meanwhile, pushed complete at the ring, to that agent alone', async () => {
  const d = await started();
  d.database.customers.set('k1', aCustomer('k1'));
  d.database.setTimeline([aSummary('old', -3600)]);
  d.say(call.started(0), call.joined(1));
  await turns();
  expect(d.pushed()).toEqual([]);
  d.say(call.offered(3, aLeg(anna)));
  await Promise.resolve();
  const pushes = d.pushed();
  expect(pushes.map(({ agent }) => agent)).toEqual([anna]);
  expect(pushes[0]?.view.cards).toMatchObject([
    { phase: 'ringing', match: { kind: 'one', customer: { id: 'k1' } }, repeat: { contacts: 1 } },
  ]);
  expect(d.desk.customerOf('c1')).toBe('k1');
});

test('the ring does not wait for the database: pushed at the end of the turn, completed later', async () => {
  const d = await started();
  d.database.customers.set('k1', aCustomer('k1'));
  d.database.hold();
  d.say(call.started(0), call.joined(0.5), call.offered(1, aLeg(anna)));
  await Promise.resolve();
  expect(d.pushed().at(-1)?.view.cards).toMatchObject([{ match: { kind: 'looking' } }]);
  d.clock.pass(2000);
  expect(d.cards(anna)).toMatchObject([{ match: { kind: 'failed' }, number: '+74955550101' }]);
  d.database.release();
  await turns();
  expect(d.cards(anna)).toMatchObject([{ match: { kind: 'one' } }]);
});

test('what comes in one turn is pushed once, as it stands at its end', async () => {
  const d = await started();
  d.database.hold();
  d.say(call.started(0), call.offered(1, aLeg(anna)), call.answered(1.5, aLeg(anna)));
  await Promise.resolve();
  const pushes = d.pushed();
  expect(pushes.map(({ agent }) => agent)).toEqual([anna]);
  expect(pushes[0]?.view.cards).toMatchObject([{ phase: 'talking' }]);
});

test('a database that is away: failed, and tried again until it is back', async () => {
  const d = await started();
  d.database.customers.set('k1', aCustomer('k1'));
  d.database.setAway(true);
  d.say(call.started(0), call.offered(1, aLeg(anna)));
  await turns();
  expect(d.cards(anna)).toMatchObject([{ match: { kind: 'failed' } }]);
  d.database.setAway(false);
  d.clock.pass(5000);
  await turns();
  expect(d.cards(anna)).toMatchObject([{ match: { kind: 'one' } }]);
});

async function afterACall(d: Awaited<ReturnType<typeof started>>) {
  d.say(
    aMember(0, 'PJSIP/1001'),
    call.started(1),
    call.offered(2, aLeg(anna)),
    call.answered(3, aLeg(anna)),
    call.ended(10, aLeg(anna)),
    call.over(10),
  );
  await turns();
}

test('the wrap-up pauses the phone, and its end unpauses it', async () => {
  const d = await started();
  await afterACall(d);
  expect(d.pbx.asked()).toEqual(['pause PJSIP/1001 all wrap-up']);
  d.say(aMember(10.1, 'PJSIP/1001', { paused: true, pausedReason: 'wrap-up' }));
  d.clock.pass(60_000);
  await turns();
  expect(d.pbx.asked()).toEqual(['unpause PJSIP/1001 all']);
});

test('a pause that the PBX refuses is shown on the page', async () => {
  const d = await started();
  d.pbx.refuse(new Refusal('pbx-refused', 'Asterisk refused QueuePause: Permission denied'));
  await afterACall(d);
  expect(d.desk.viewOf(anna)?.pauseFailed).toBe('Asterisk refused QueuePause: Permission denied');
});

test('the database is away for a minute: what agents leave is on the local disk, and written when it is back', async () => {
  const d = await started();
  await afterACall(d);
  d.database.setAway(true);
  d.clock.pass(61_000);
  await turns();
  expect(d.cards(anna)).toMatchObject([{ phase: 'unfinished' }]);
  expect(d.database.wrapUps.size).toBe(0);
  d.database.setAway(false);
  d.clock.pass(20_000);
  await until(() => d.database.wrapUps.has('c1 0'));
  expect(d.database.wrapUps.get('c1 0')).toMatchObject({ agent: anna, wrapUpMs: 60_000, ended: 'expired' });
});

test('killed with the database away: the next start writes what was left, and shows the open forms', async () => {
  const first = await started();
  await afterACall(first);
  await until(() => first.database.drafts.size === 1);
  first.database.setAway(true);
  const other = aCall('c2');
  first.say(
    other.started(11),
    other.offered(12, aLeg(boris)),
    other.answered(13, aLeg(boris)),
    other.ended(20, aLeg(boris)),
  );
  first.clock.pass(55_000);
  await turns();
  expect(first.cards(anna)).toMatchObject([{ phase: 'unfinished' }]);
  expect(first.cards(boris)).toHaveLength(1);
  // Only what was acknowledged counts, and the disk takes its time.
  const onDisk = () => readFileSync(join(first.dir, 'outbox', 'desk.jsonl'), 'utf8');
  await until(() => onDisk().includes('"interactionId":"c1"') && onDisk().includes('"callId":"c2"'));
  // No orderly stop: the second one finds the directory as the first one left it.
  const second = await started({ dir: first.dir, database: first.database });
  expect(second.cards(boris)).toEqual([]);
  await turns();
  first.database.setAway(false);
  second.clock.pass(20_000);
  await until(() => second.database.wrapUps.has('c1 0'));
  await until(() => second.cards(boris).length === 1);
  expect(second.cards(boris)).toMatchObject([{ callId: 'c2', phase: 'wrap-up' }]);
  expect(second.cards(anna)).toMatchObject([{ callId: 'c1', phase: 'unfinished' }]);
});

test('views of another run bear another epoch', async () => {
  const [first, second] = [await started(), await started()];
  expect(first.desk.viewOf(anna)?.epoch).not.toBe(second.desk.viewOf(anna)?.epoch);
});

test('a customer who is created anywhere completes the open card', async () => {
  const d = await started();
  d.say(call.started(0), call.offered(1, aLeg(anna)));
  await turns();
  expect(d.cards(anna)).toMatchObject([{ match: { kind: 'none' } }]);
  const customer = aCustomer('new');
  d.database.customers.set('new', customer);
  d.desk.onCustomerChanged(customer);
  await turns();
  expect(d.cards(anna)).toMatchObject([{ match: { kind: 'one', customer: { id: 'new' } } }]);
});

test('how much waits for the database is measured', async () => {
  const d = await started();
  d.database.setAway(true);
  await afterACall(d);
  d.clock.pass(61_000);
  await turns();
  const text = await d.metrics.metrics();
  expect(text).toMatch(/^ringdesk_desk_outbox_waiting 2$/m);
});
