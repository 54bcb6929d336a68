import { applyEvent, createCallState, listPhones } from '../../telephony/calls/index.ts';
import { disagreements, findingsOf } from './phones.ts';

test('phones and lines are told with the reason, and what is only guessed is a warning that says what to set', () => {
  const state = createCallState({ pbx: 'main', toE164: () => null, trunks: ['PJSIP/provider'] });
  applyEvent(state, { type: 'Hint', at: 0, exten: '201', devices: ['PJSIP/anna'] });
  for (const device of ['PJSIP/provider', 'PJSIP/5061', 'PJSIP/gate'])
    applyEvent(state, { type: 'Device', at: 0, device, state: 'idle' });
  const findings = findingsOf('pbx main', listPhones(state));
  expect(findings.map(({ verdict, text }) => `${verdict} ${text}`)).toEqual([
    "ok phones: PJSIP/anna is 201's (a hint watches it)",
    'ok lines to the outside: PJSIP/provider (PBX_TRUNKS)',
    "warning not sure: PJSIP/5061, taken for 5061's phone (only its name looks like an extension); PJSIP/gate, taken for a line to the outside (nothing is known of it)",
  ]);
  expect(findings[2]?.fix).toContain('PBX_TRUNKS');
});

test('a queue`s member who is no user`s phone is a warning once the users are known', () => {
  const owners = new Map([['PJSIP/anna', '201']]);
  const state = createCallState({ pbx: 'main', toE164: () => null, owners });
  for (const device of ['PJSIP/anna', 'PJSIP/boris']) {
    applyEvent(state, {
      type: 'Member',
      at: 0,
      queue: 'sales',
      device,
      stateDevice: null,
      name: device,
      penalty: 0,
      paused: false,
      pausedReason: null,
      state: 'idle',
    });
  }
  const told = (known: boolean) =>
    findingsOf('pbx main', listPhones(state), known).filter(({ verdict }) => verdict === 'warning');
  expect(told(false)).toEqual([]);
  expect(told(true).map(({ text }) => text)).toEqual([
    "no user's phones, though queues ring them: PJSIP/boris (boris)",
  ]);
});

test('one phone of two users, and a phone of which the PBX knows nothing', () => {
  const users = [
    { login: 'anna', id: '201', devices: ['PJSIP/anna', '+79165550199', 'kazan:PJSIP/9'] },
    { login: 'boris', id: '202', devices: ['PJSIP/anna', 'PJSIP/borsi', 'Local/202@agents/n'] },
    { login: 'clara', id: '203', devices: ['main:PJSIP/clara', 'kazan:PJSIP/anna'] },
  ];
  const known = new Set(['PJSIP/anna', 'PJSIP/boris', 'PJSIP/clara']);
  expect(disagreements('pbx main', 'main', users, known).map(({ text }) => text)).toEqual([
    'several users have one phone: PJSIP/anna (anna, boris)',
    'phones of users of which the PBX tells nothing: PJSIP/borsi (boris)',
  ]);
  expect(disagreements('pbx main', 'main', users, new Set()).map(({ text }) => text)).toHaveLength(1);
});
