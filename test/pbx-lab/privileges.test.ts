import { openProbe } from './ami-probe.ts';
import { type AmiProbe, type Lab, startLab } from './lab.ts';

/**
 * The two users of docs/asterisk/manager.conf on a real Asterisk: each can do its work and nothing else. A refused action says
 * "Permission denied"; an allowed one fails otherwise here, or does nothing, because there is no such channel.
 */
describe('the shipped manager.conf', () => {
  let lab: Lab;
  let events: AmiProbe;
  let actions: AmiProbe;

  beforeAll(async () => {
    lab = await startLab();
    const { host, port, eventsUser, eventsSecret, actionsUser, actionsSecret } = lab.ami;
    events = await openProbe({ host, port, user: eventsUser, secret: eventsSecret });
    actions = await openProbe({ host, port, user: actionsUser, secret: actionsSecret });
  }, 300_000);
  afterAll(() => lab?.stop());

  const none = { Channel: 'PJSIP/none-00000000' };
  const member = { Queue: 'none', Interface: 'PJSIP/none' };
  const there = { Context: 'from-agents', Exten: '1005', Priority: '1' };

  test.each([
    // reads the state after a reconnect
    ['CoreShowChannels', {}, true, true],
    ['QueueStatus', {}, true, true],
    ['QueueSummary', {}, true, true],
    ['CoreStatus', {}, true, true],
    ['CoreSettings', {}, true, true],
    ['Ping', {}, true, true],
    // acts for an agent
    ['QueuePause', { ...member, Paused: 'true' }, false, true],
    ['QueueAdd', member, false, true],
    ['QueueRemove', member, false, true],
    ['QueuePenalty', { ...member, Penalty: '1' }, false, true],
    ['QueueLog', { Queue: 'none', Event: 'INFO' }, false, true],
    ['Originate', { Channel: 'Local/none@none', ...there, Async: 'true' }, false, true],
    ['Hangup', none, false, true],
    ['BlindTransfer', { ...none, ...there }, false, true],
    ['Atxfer', { ...none, ...there }, false, true],
    ['CancelAtxfer', none, false, true],
    ['Redirect', { ...none, ...there }, false, true],
    ['Setvar', { ...none, Variable: 'A', Value: '1' }, false, true],
    // owns the machine
    ['Command', { Command: 'core show version' }, false, false],
    ['GetConfig', { Filename: 'pjsip.conf' }, false, false],
    ['UpdateConfig', { SrcFilename: 'pjsip.conf', DstFilename: 'pjsip.conf' }, false, false],
    ['ModuleLoad', { LoadType: 'reload' }, false, false],
    ['DialplanExtensionAdd', { ...there, Application: 'NoOp' }, false, false],
    ['UserEvent', { UserEvent: 'Forged' }, false, false],
  ])('%s', async (name, fields, byEvents, byActions) => {
    const allowed = async (session: AmiProbe) => {
      const { response } = await session.action({ Action: name, ...fields });
      return response['Message'] !== 'Permission denied';
    };
    expect([await allowed(events), await allowed(actions)]).toEqual([byEvents, byActions]);
  });

  test('the events user hears of a call in full, and of nothing else', async () => {
    const heard = new Set<string>();
    events.onEvent((fields) => heard.add(fields['Event'] ?? ''));
    const silent: string[] = [];
    actions.onEvent((fields) => silent.push(fields['Event'] ?? ''));
    await lab.phones(['1001'], 'agent', { ringMs: 200 });
    const result = events.event('UserEvent', (fields) => fields['UserEvent'] === 'QueueResult');
    const joined = events.event('QueueCallerJoin');
    await lab.call({ to: '2000', talkMs: 1500 }).done;
    await result;
    await events.idle();

    const needed =
      'Newchannel QueueCallerJoin AgentCalled DialBegin DialEnd QueueCallerLeave AgentConnect BridgeEnter ' +
      'AgentComplete BridgeLeave Hangup QueueMemberStatus DeviceStateChange UserEvent';
    expect([...heard]).toEqual(expect.arrayContaining(needed.split(' ')));
    for (const noise of ['VarSet', 'Newexten', 'CEL', 'TestEvent', 'ExtensionStatus', 'RTCPSent', 'Cdr'])
      expect(heard).not.toContain(noise);
    for (const name of needed.split(' ')) expect(silent).not.toContain(name);
    expect(await joined).toMatchObject({ Queue: 'sales', Timestamp: expect.stringMatching(/^\d+\.\d{6}$/) });
  });

  test('a withheld number is marked as such', async () => {
    // From the queue on: on Newchannel itself PJSIP has not looked at the Privacy header yet, and says `allowed`.
    const joined = events.event('QueueCallerJoin');
    const headers = 'P-Asserted-Identity: <sip:79161112233@carrier.invalid>\nPrivacy: id';
    const from = '"Anonymous" <sip:anonymous@anonymous.invalid>';
    await lab.call({ to: '2010', from, headers, talkMs: 300 }, 'caller-cancel').done;
    expect(await joined).toMatchObject({
      CallerIDNum: '79161112233',
      ChanVariable: expect.stringContaining('CALLERID(pres)=prohib_not_screened'),
    });
  });
});
