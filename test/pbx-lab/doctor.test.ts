import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkPbx } from '../../server/cli/doctor/pbx.ts';
import { loadConfig, type PbxConfig } from '../../server/config/index.ts';
import { type Lab, startLab } from './lab.ts';

/** What `ringdesk doctor` says of a real Asterisk, as it is shipped and with a line of manager.conf missing. */

let lab: Lab;
let pbx: PbxConfig;
let managerConf: string;
let shipped: string;

beforeAll(async () => {
  lab = await startLab();
  const { host, port, eventsUser, eventsSecret, actionsUser, actionsSecret } = lab.ami;
  const [configured] = loadConfig({
    PBX_HOST: host,
    PBX_PORT: String(port),
    PBX_EVENTS_USER: eventsUser,
    PBX_EVENTS_SECRET: eventsSecret,
    PBX_ACTIONS_USER: actionsUser,
    PBX_ACTIONS_SECRET: actionsSecret,
  }).pbx;
  if (configured === undefined) throw new Error('no PBX in the settings');
  pbx = configured;
  managerConf = join(dirname(lab.queueLogFile), '../../../etc/asterisk/manager.conf');
  shipped = readFileSync(managerConf, 'utf8');
}, 300_000);
afterAll(() => lab?.stop());

async function examined(conf: string) {
  writeFileSync(managerConf, conf);
  await lab.cli('manager reload');
  const { findings } = await checkPbx(pbx);
  return findings;
}
const changed = (line: RegExp, by: string) => {
  expect(shipped).toMatch(line);
  return shipped.replace(line, by);
};

test('as shipped: nothing to mend, and no channel is left of the trial', async () => {
  const findings = await examined(shipped);
  expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(findings.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'events arrive (tried: Newchannel, Hangup)',
      'events arrive (tried: QueueMemberPenalty)',
    ]),
  );
  expect(await lab.cli('core show channels count')).toMatch(/0 active channels/);
});

test('without timestampevents', async () => {
  const findings = await examined(changed(/^timestampevents.*$/m, 'timestampevents = no'));
  expect(findings).toContainEqual(
    expect.objectContaining({ verdict: 'warning', fix: expect.stringMatching(/timestampevents = yes/) }),
  );
});

test('a line that an included file adds to [general] counts, as in manager_custom.conf of FreePBX', async () => {
  const included = join(dirname(managerConf), 'manager.d/added.conf');
  writeFileSync(included, '[general](+)\ntimestampevents = yes\n');
  const findings = await examined(changed(/^timestampevents.*$/m, 'timestampevents = no'));
  expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  rmSync(included);
});

test('without channelvars', async () => {
  const findings = await examined(changed(/^channelvars.*$/m, 'channelvars = CALLREF'));
  expect(findings).toContainEqual(
    expect.objectContaining({ verdict: 'warning', fix: expect.stringMatching(/channelvars = /) }),
  );
});

test('without the class of the channels, which no answer to an action tells', async () => {
  const findings = await examined(changed(/^read = system,call,/m, 'read = system,'));
  expect(findings).toContainEqual(
    expect.objectContaining({
      verdict: 'failed',
      text: expect.stringMatching(/^Newchannel, Hangup did not arrive/),
    }),
  );
});
