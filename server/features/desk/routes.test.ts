import { Refusal } from '../../platform/errors.ts';
import { aCustomer, aDevice, aLeg, aMember } from './testing/call.ts';
import { anna, ask, call, card, d, outcome, talking, useDeskApi, wrappingUp } from './testing/desk-api.ts';
import { turns } from './testing/desk-at-work.ts';

const clara = '1003';

useDeskApi();

const draft = { disposition: null, reason: null, note: 'so far', revision: 1 };
const done = { disposition: 'resolved', reason: 'order/status', note: 'all is well' };

describe('who asks', () => {
  test('an agent gets the own view, with the own cards only', async () => {
    talking();
    const own = await ask('anna', 'GET', '/api/desk');
    expect(own).toMatchObject({
      status: 200,
      body: { agent: { id: anna, state: 'on-call' }, cards: [{ phase: 'talking' }] },
    });
    expect((await ask('boris', 'GET', '/api/desk')).body).toMatchObject({
      agent: { id: '1002' },
      cards: [],
    });
  });

  test.each([
    ['nobody', 401, 'not-logged-in'],
    ['chief', 403, 'forbidden'],
  ])('%s has no desk', async (user, status, code) => {
    expect(await outcome(user, 'GET', '/api/desk')).toBe(`${status} ${code}`);
    expect(await outcome(user, 'POST', '/api/desk/dial', { number: '1002' })).toBe(`${status} ${code}`);
  });

  test.each([
    ['POST', 'hangup', undefined],
    ['POST', 'transfer', { kind: 'blind', to: '1003' }],
    ['POST', 'consultation', { do: 'cancel' }],
    ['POST', 'customer', { customerId: 'k1' }],
    ['POST', 'look-up', undefined],
    ['PUT', 'draft', draft],
    ['POST', 'wrap-up', done],
    ['POST', 'close', undefined],
  ])('nobody acts on a colleague`s card: %s %s', async (method, act, body) => {
    wrappingUp();
    d.database.customers.set('k1', aCustomer('k1'));
    expect(await outcome('boris', method, `${card}/${act}`, body)).toBe('404 not-found');
    expect(d.pbx.asked().filter((asked) => !asked.includes('wrap-up'))).toEqual([]);
  });

  test('settings and colleagues', async () => {
    expect((await ask('chief', 'GET', '/api/desk/settings')).body).toMatchObject({
      wrapUpLimitMs: 60_000,
      breakReasons: [{ id: 'break', name: { ru: 'Перерыв', en: 'Short break' } }, ...Array(5).fill({})],
    });
    talking();
    expect((await ask('boris', 'GET', '/api/desk/colleagues')).body).toEqual({
      agents: [
        { agent: anna, name: 'Anna Petrova', state: 'on-call' },
        { agent: clara, name: 'Clara Nowak', state: 'offline' },
      ],
      queues: ['sales', 'support'],
    });
  });
});

describe('states', () => {
  test('a break is a pause in all queues, and back', async () => {
    d.say(aMember(0, 'PJSIP/1001'));
    expect(await outcome('anna', 'POST', '/api/desk/state', { state: 'break', reason: 'lunch' })).toBe('204');
    expect(d.desk.viewOf(anna)?.agent).toMatchObject({ state: 'break', reason: 'lunch' });
    expect(await outcome('anna', 'POST', '/api/desk/state', { state: 'offline' })).toBe('204');
    expect(await outcome('anna', 'POST', '/api/desk/state', { state: 'available' })).toBe('204');
    expect(d.pbx.asked()).toEqual([
      'pause PJSIP/1001 all lunch',
      'pause PJSIP/1001 all offline',
      'unpause PJSIP/1001 all',
    ]);
  });

  test('what the PBX refuses is not shown as done', async () => {
    d.say(aMember(0, 'PJSIP/1001'));
    d.pbx.refuse(new Refusal('pbx-refused', 'Asterisk refused QueuePause: Permission denied'));
    expect(await outcome('anna', 'POST', '/api/desk/state', { state: 'break', reason: 'lunch' })).toBe(
      '422 pbx-refused',
    );
    expect(d.desk.viewOf(anna)?.agent.state).toBe('available');
  });

  test.each([[{ state: 'break', reason: 'golf' }], [{ state: 'break' }], [{ state: 'asleep' }], [undefined]])(
    '%j is no state',
    async (body) => {
      expect(await outcome('anna', 'POST', '/api/desk/state', body)).toBe('400 bad-input');
    },
  );
});

describe('calls', () => {
  test('who is in no queue and has a mobile: it is neither paused nor dialled from, and the PBX is told its own names', async () => {
    const user = d.users.get('anna');
    if (user === undefined) throw new Error('no such user');
    d.users.set('anna', { ...user, device: 'main:PJSIP/anna,+79165550199,kazan:PJSIP/7' });
    d.say(aDevice(1, 'PJSIP/1001', 'idle'));
    expect(await outcome('anna', 'POST', '/api/desk/state', { state: 'offline' })).toBe('204');
    expect(await outcome('anna', 'POST', '/api/desk/dial', { number: '+79165550001' })).toBe('204');
    expect(d.pbx.asked()).toEqual(['pause PJSIP/anna all offline', 'dial PJSIP/anna 1001 +79165550001']);
  });

  test('dialling', async () => {
    expect(await outcome('anna', 'POST', '/api/desk/dial', { number: ' +79165550001 ' })).toBe('204');
    expect(d.pbx.asked()).toEqual(['dial PJSIP/1001 1001 +79165550001']);
    d.say(aDevice(1, 'PJSIP/1001', 'unavailable'));
    expect(await outcome('anna', 'POST', '/api/desk/dial', { number: '1002' })).toBe('422 pbx-refused');
    d.say(aDevice(1.5, 'PJSIP/1001', 'idle'));
    talking();
    expect(await outcome('anna', 'POST', '/api/desk/dial', { number: '1002' })).toBe('409 conflict');
    expect(d.pbx.asked()).toEqual([]);
  });

  test('hanging up', async () => {
    talking();
    expect(await outcome('anna', 'POST', `${card}/hangup`)).toBe('204');
    expect(d.pbx.asked()).toEqual(['hang up PJSIP/1001-00000000']);
  });

  test('a blind transfer', async () => {
    talking();
    expect(await outcome('anna', 'POST', `${card}/transfer`, { kind: 'blind', to: 'support' })).toBe('204');
    expect(await outcome('anna', 'POST', `${card}/transfer`, { kind: 'blind', to: anna })).toBe(
      '400 bad-input',
    );
    expect(d.pbx.asked()).toEqual(['blind PJSIP/1001-00000000 support']);
  });

  test('an attended transfer, asked and completed; asked and taken back', async () => {
    talking();
    const ask1003 = () => outcome('anna', 'POST', `${card}/transfer`, { kind: 'attended', to: clara });
    const say = (what: string) => outcome('anna', 'POST', `${card}/consultation`, { do: what });
    expect(await say('complete')).toBe('409 conflict');
    expect(await ask1003()).toBe('204');
    expect(d.cards(anna)).toMatchObject([{ consulting: { to: clara }, can: { transfer: false } }]);
    expect(await ask1003()).toBe('409 conflict');
    expect(await say('cancel')).toBe('204');
    expect(d.cards(anna)).toMatchObject([{ consulting: null }]);
    expect(await ask1003()).toBe('204');
    expect(await say('complete')).toBe('204');
    expect(d.pbx.asked()).toEqual([
      'attended PJSIP/1001-00000000 1003',
      'cancel PJSIP/1001-00000000',
      'attended PJSIP/1001-00000000 1003',
      'complete PJSIP/1001-00000000',
    ]);
  });

  test.each([
    ['state', { state: 'available' }, '/api/desk/state'],
    ['dial', { number: '1002' }, '/api/desk/dial'],
    ['hangup', undefined, `${card}/hangup`],
    ['transfer', { kind: 'blind', to: '1003' }, `${card}/transfer`],
  ])('with the link cut, %s says so', async (what, body, path) => {
    if (what !== 'dial') talking();
    d.desk.onLink({ pbx: 'main', state: 'down', message: 'no answer', restarted: false });
    expect(await outcome('anna', 'POST', path, body)).toBe('503 pbx-unavailable');
  });

  test('a call that is over cannot be acted upon', async () => {
    wrappingUp();
    expect(await outcome('anna', 'POST', `${card}/hangup`)).toBe('409 conflict');
    expect(await outcome('anna', 'POST', '/api/desk/cards/other/hangup')).toBe('404 not-found');
  });
});

/** What was said has gone to the database: also what came while the outbox rested. */
async function delivered(): Promise<void> {
  await turns();
  d.clock.pass(100);
  await turns();
}

describe('the customer', () => {
  test('a pick is shown at once, learned, and kept with the interaction', async () => {
    d.database.customers.set('a', aCustomer('a'));
    d.database.customers.set('b', aCustomer('b'));
    talking();
    await turns();
    expect(d.cards(anna)).toMatchObject([{ match: { kind: 'several' } }]);
    expect(await outcome('anna', 'POST', `${card}/customer`, { customerId: 'b' })).toBe('204');
    expect(d.cards(anna)).toMatchObject([{ match: { kind: 'one', customer: { id: 'b' } } }]);
    await delivered();
    expect(d.database.picks.get('+74955550101')).toBe('b');
    expect(d.database.customerOf.get('lab-1795357080.0')).toBe('b');
    expect(await outcome('anna', 'POST', `${card}/customer`, { customerId: 'zz' })).toBe('404 not-found');
  });

  test('asking again who it is', async () => {
    d.database.setAway(true);
    talking();
    await turns();
    expect(d.cards(anna)).toMatchObject([{ match: { kind: 'failed' } }]);
    d.database.setAway(false);
    expect(await outcome('anna', 'POST', `${card}/look-up`)).toBe('204');
    await turns();
    expect(d.cards(anna)).toMatchObject([{ match: { kind: 'none' } }]);
  });
});

describe('the wrap-up', () => {
  test('a draft is kept; an older one is ignored; another text under the same revision is a conflict', async () => {
    talking();
    const put = (body: unknown) => outcome('anna', 'PUT', `${card}/draft`, body);
    expect(await put({ ...draft, revision: 5 })).toBe('204');
    expect(await put({ ...draft, revision: 5 })).toBe('204');
    expect(await put({ ...draft, revision: 4, note: 'old' })).toBe('204');
    expect(await put({ ...draft, revision: 5, note: 'other' })).toBe('409 conflict');
    expect(await put({ ...draft, revision: -1 })).toBe('400 bad-input');
    expect(d.cards(anna)).toMatchObject([{ wrapUp: { note: 'so far', revision: 5 } }]);
  });

  test('saved: it is written, and the card is gone', async () => {
    wrappingUp();
    expect(await outcome('anna', 'POST', `${card}/wrap-up`, done)).toBe('204');
    expect(d.cards(anna)).toEqual([]);
    await delivered();
    expect([...d.database.wrapUps.values()]).toMatchObject([{ agent: anna, leg: 0, ...done }]);
    expect(await outcome('anna', 'POST', `${card}/wrap-up`, done)).toBe('204');
    expect(await outcome('anna', 'PUT', `${card}/draft`, { ...draft, revision: 9 })).toBe('404 not-found');
  });

  test('saved while the database is away: done for the agent, written later', async () => {
    wrappingUp();
    d.database.setAway(true);
    expect(await outcome('anna', 'POST', `${card}/wrap-up`, done)).toBe('204');
    await turns();
    d.database.setAway(false);
    d.clock.pass(30_000);
    await turns();
    expect(d.database.wrapUps.size).toBe(1);
  });

  test.each([
    ['disposition', { ...done, disposition: 'great' }],
    ['reason', { ...done, reason: 'order/unheard-of' }],
    ['note', { ...done, note: 'x'.repeat(8001) }],
  ])('a wrong %s is refused, and the form stays', async (path, body) => {
    wrappingUp();
    const answer = await ask('anna', 'POST', `${card}/wrap-up`, body);
    expect(answer).toMatchObject({ status: 400, body: { error: { fields: [{ path }] } } });
    expect(d.cards(anna)).toHaveLength(1);
  });

  test('not during the talk; and only a missed call is closed', async () => {
    talking();
    expect(await outcome('anna', 'POST', `${card}/wrap-up`, done)).toBe('409 conflict');
    expect(await outcome('anna', 'POST', `${card}/close`)).toBe('409 conflict');
  });

  test('a missed call is put away', async () => {
    d.say(call.started(1), call.offered(2, aLeg(anna)), call.ended(9, aLeg(anna), 'missed'));
    expect(await outcome('anna', 'POST', `${card}/close`)).toBe('204');
    expect(d.cards(anna)).toEqual([]);
  });
});
