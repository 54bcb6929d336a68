import { applyEvent, createCallState, listPhones } from '../../telephony/calls/index.ts';
import { findingsOf } from './phones.ts';

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
