import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeAll } from '../../server/telephony/ami/index.ts';
import {
  type CallModelOptions,
  createCallState,
  exportState,
  importState,
  whosePhone,
} from '../../server/telephony/calls/index.ts';
import { here, options, play, read } from './replay.ts';

/** Streams of other sites, whose phones and trunks are called otherwise than the lab's: whose leg it is, and who is outside. */

const house: CallModelOptions = { ...options, maxExtensionDigits: 5, phoneContexts: ['from-agents'] };

function eventsAt(site: string) {
  return read(decodeAll(readFileSync(path.join(here, 'phones', `${site}.ami`))));
}

/** Direction, the number outside or the inside caller, and the legs: `agent` on `device`. */
function told(site: string, more: Partial<CallModelOptions> = {}): string[] {
  return play(eventsAt(site), createCallState({ ...house, ...more })).interactions.map((i) => {
    const legs = i.legs.map((l) => `${l.agent} on ${l.device} ${l.outcome} ${l.talkMs ?? '-'}`);
    return [`${i.direction} ${i.number ?? i.numberRaw}`, ...legs, `menu ${i.ivrMs}`].join(', ');
  });
}

const owns = (...pairs: [string, string][]) => ({ owners: new Map(pairs) });

describe('without a setting, what the stream itself shows', () => {
  test.each([
    [
      'a phone with a name calls out',
      'named-phone-calls-out',
      'outbound +79990005566, bjorn on PJSIP/bjorn answered 9990, menu 0',
    ],
    [
      'a phone with a name calls another',
      'named-phone-calls-colleague',
      'internal bjorn, emil on PJSIP/emil answered 9990, menu 0',
    ],
    [
      'an analog phone calls a colleague',
      'analog-phone-calls-colleague',
      'internal 1002, emil on PJSIP/emil answered 9990, menu 0',
    ],
    [
      'peers called by long account numbers',
      'account-numbers-for-names',
      'internal 260010001, 150010001 on SIP/150010001 answered 9990, menu 0',
    ],
    [
      'a queue`s member with a name',
      'named-member',
      'inbound +79165550142, wanda on PJSIP/wanda answered 6000, menu 0',
    ],
    [
      'a phone with a name is dialled from outside',
      'named-phone-direct',
      'inbound +79165550142, abcdef201 on SIP/abcdef201 answered 30000, menu 0',
    ],
    [
      'the second device of an extension, in the browser',
      'freepbx-browser-twin',
      'inbound +79165550142, 1001 on PJSIP/991001 answered 30000, menu 0',
    ],
    [
      'the browser alone, the desk phone being off',
      'freepbx-browser-only',
      'inbound +79165550142, 1001 on PJSIP/991001 answered 30000, menu 0',
    ],
    [
      'a Local member whose phone has a name',
      'local-member-named-phone',
      'inbound +79990001122, 201 on PJSIP/anna answered 9988, menu 0',
    ],
    [
      'a Local member that names the phone behind it',
      'local-member-state-interface',
      'inbound +79990001122, 201 on PJSIP/anna answered 9988, menu 0',
    ],
    [
      'a Local member that names a hint',
      'local-member-hint-state',
      'inbound +79990001122, 201 on PJSIP/anna answered 9988, menu 0',
    ],
    [
      'a trunk with a number for a name, in a context of trunks',
      'numbered-trunk',
      'inbound +79990001122, 1001 on PJSIP/1001 answered 9998, menu 0',
    ],
  ])('%s', (_what, site, line) => {
    expect(told(site)).toEqual([line]);
  });
});

describe('a user`s device is the user`s, whatever it is called', () => {
  test.each([
    ['a member', 'named-member', owns(['PJSIP/wanda', '3001']), '3001 on PJSIP/wanda answered'],
    [
      'a phone dialled directly',
      'named-phone-direct',
      owns(['SIP/abcdef201', '201']),
      '201 on SIP/abcdef201 answered',
    ],
    [
      'a phone that calls out',
      'named-phone-calls-out',
      owns(['PJSIP/bjorn', '1002']),
      '1002 on PJSIP/bjorn answered',
    ],
    [
      'the phone behind a Local member',
      'local-member-named-phone',
      owns(['PJSIP/anna', '3001']),
      '3001 on PJSIP/anna answered',
    ],
    [
      'the phone behind a named state interface',
      'local-member-state-interface',
      owns(['PJSIP/anna', '3001']),
      '3001 on PJSIP/anna answered',
    ],
    [
      'the phone behind a hint',
      'local-member-hint-state',
      owns(['PJSIP/anna', '3001']),
      '3001 on PJSIP/anna answered',
    ],
    [
      'the interface of the member',
      'local-member-named-phone',
      owns(['Local/201@agents/n', '3001']),
      '3001 on PJSIP/anna answered',
    ],
    [
      'the second of two devices',
      'freepbx-browser-twin',
      owns(['PJSIP/1001', '77'], ['PJSIP/991001', '77']),
      '77 on PJSIP/991001 answered',
    ],
    [
      'the twin of a user`s device',
      'freepbx-browser-twin',
      owns(['PJSIP/1001', '77']),
      '77 on PJSIP/991001 answered',
    ],
  ])('%s', (_what, site, more, leg) => {
    const [line = ''] = told(site, more);
    expect(line).toContain(leg);
  });
});

describe('a number that is a user`s device', () => {
  const mobile = owns(['PJSIP/201', '201'], ['+79165550199', '201']);

  test.each([
    ['dialled by the dialplan', 'mobile-direct', 30000],
    ['behind the Local channel of a member', 'local-member-mobile', 9988],
  ])('rings for that user through a line outside, %s', (_what, site, talkMs) => {
    const [line = ''] = told(site, mobile);
    expect(line).toContain(`201 on +79165550199 answered ${talkMs}`);
    expect(line.match(/ on /g)).toHaveLength(1);
  });

  test('of a member who is called by it, in whatever way the dialplan writes it', () => {
    for (const [site, agent] of [
      ['mobile-direct', '+79165550198'],
      ['local-member-mobile', '+79165550198'],
    ] as const)
      expect(told(site, owns([agent, '201'])).join()).not.toContain(agent);
    const state = createCallState({ ...house, ...mobile });
    for (const device of [
      'Local/89165550199@agents/n',
      'PJSIP/+79165550199@provider',
      'SIP/provider/9165550199',
    ])
      expect(whosePhone(state, device)).toEqual({ agent: '201', why: 'user', sure: true });
    expect(whosePhone(state, 'Local/201@agents/n').why).not.toBe('user');
    expect(whosePhone(state, 'PJSIP/provider').agent).toBeNull();
  });

  test('leaves the line a line: another number through it is outside', () => {
    const [line] = told('named-phone-calls-out', mobile);
    expect(line).toContain('outbound +79990005566');
  });
});

describe('settings', () => {
  test('a trunk with a number for a name, of which the stream tells nothing', () => {
    expect(told('numbered-trunk-unhinted', { trunks: ['SIP/5061'] })).toEqual([
      'inbound +79165550142, 7073 on SIP/7073 caller-left -, menu 0',
    ]);
  });

  test('a pattern says what phones are called, and which part is the agent', () => {
    expect(told('account-numbers-for-names', { phones: ['SIP/26001{agent}', 'SIP/15001{agent}'] })).toEqual([
      'internal 0001, 0001 on SIP/150010001 answered 9990, menu 0',
    ]);
    expect(told('named-phone-direct', { phones: ['SIP/abcdef{agent}'] })[0]).toContain(
      '201 on SIP/abcdef201',
    );
    expect(told('named-phone-calls-out', { phones: ['PJSIP/bj*'] })[0]).toContain('bjorn on PJSIP/bjorn');
  });

  test('long extensions do not make a second agent of a browser`s phone', () => {
    expect(told('freepbx-browser-twin', { maxExtensionDigits: 6 })[0]).toContain('1001 on PJSIP/991001');
  });
});

test('what was learnt of phones outlives a restart at any event', () => {
  for (const site of ['named-phone-calls-colleague', 'local-member-hint-state', 'freepbx-browser-only']) {
    const events = eventsAt(site);
    const whole = play(events, createCallState(house)).interactions;
    for (let cut = 1; cut < events.length; cut += 1) {
      const before = play(events.slice(0, cut), createCallState(house));
      const again = importState(JSON.parse(exportState(before.state)), house);
      const after = play(events.slice(cut), again);
      expect([...before.interactions, ...after.interactions]).toEqual(whole);
    }
  }
});
