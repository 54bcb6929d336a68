import type { PbxConfig } from '../../config/index.ts';
import { AmiError, type AmiSession } from '../../telephony/ami/index.ts';
import { asteriskVersion, pbxAge } from '../../telephony/link/index.ts';
import { type Finding, failed, ok, warning } from './finding.ts';
import { checkHeard } from './heard.ts';
import { aboutPbx, withSession } from './session.ts';

/** What each user needs, and what the reading one should not be able to do. Names of AMI actions. */
const readerNeeds = ['Ping', 'CoreSettings', 'CoreStatus', 'CoreShowChannels', 'BridgeList', 'QueueStatus'];
const readerShouldNot = ['Originate', 'Command', 'UpdateConfig'];
const actorNeeds = ['Originate', 'Hangup', 'BlindTransfer', 'Atxfer', 'CancelAtxfer', 'QueuePause'];
const actorShouldNot = ['Command', 'UpdateConfig', 'GetConfig'];

const clockToleranceMs = 2_000;

interface Checked {
  findings: Finding[];
  /** What the PBX calls itself (`systemname` in asterisk.conf); null when it has no name, or did not tell it. */
  systemName: string | null;
}

/** Logs in as both users of a PBX and asks what they may do. */
export async function checkPbx(pbx: PbxConfig): Promise<Checked> {
  const about = aboutPbx(pbx);
  const { findings, systemName } = await checkUser(pbx, {
    about,
    user: pbx.eventsUser,
    secret: pbx.eventsSecret,
    needs: readerNeeds,
    shouldNot: readerShouldNot,
  });
  if (findings.some(({ verdict }) => verdict === 'failed')) return { findings, systemName };
  const actor = await checkUser(pbx, {
    about,
    user: pbx.actionsUser,
    secret: pbx.actionsSecret,
    needs: actorNeeds,
    shouldNot: actorShouldNot,
  });
  const both = [...findings, ...actor.findings];
  if (actor.findings.some(({ verdict }) => verdict === 'failed')) return { findings: both, systemName };
  return { findings: [...both, ...(await checkHeard(pbx))], systemName };
}

/** Channels are known by the PBX's own name and a count: two PBXs of one name (one is a copy of the other) would mix their calls up. */
export function checkNames(checked: readonly { pbx: PbxConfig; systemName: string | null }[]): Finding[] {
  return checked.flatMap(({ pbx, systemName }, at) => {
    const twin = checked.slice(0, at).find((other) => systemName !== null && other.systemName === systemName);
    if (twin === undefined) return [];
    return [
      failed(
        aboutPbx(pbx),
        `it calls itself '${systemName}', as '${twin.pbx.name}' does: their calls would be taken for each other`,
        'Give each its own systemname in asterisk.conf, and restart Asterisk.',
      ),
    ];
  });
}

interface UserCheck {
  about: string;
  user: string;
  secret: string;
  needs: readonly string[];
  shouldNot: readonly string[];
}

async function checkUser(pbx: PbxConfig, check: UserCheck): Promise<Checked> {
  const { about, user, secret } = check;
  const checked = await withSession(pbx, { user, secret }, async ({ session, state }) => {
    const findings = [ok(about, `'${user}' logs in (${state.banner})`)];
    if (state.warning !== undefined)
      findings.push(warning(about, state.warning, `Give '${user}' the class system in manager.conf.`));
    const version = checkVersion(about, state.banner, await asteriskVersion(session));
    findings.push(...version);
    if (version.some(({ verdict }) => verdict === 'failed')) return { findings, systemName: null };
    findings.push(...(await checkRights(session, check)), ...(await checkClock(session, check)));
    return { findings, systemName: await systemNameOf(session) };
  });
  return 'findings' in checked ? checked : { findings: [checked], systemName: null };
}

/** Asterisk 11 answers much of what is asked, and sends no event that is understood. */
function checkVersion(about: string, banner: string, asterisk: string | null): Finding[] {
  const age = pbxAge(banner, asterisk);
  switch (age.kind) {
    case 'too-old':
      return [failed(about, age.message, 'Update Asterisk (FreePBX: the distribution).')];
    case 'untried':
      return [warning(about, age.message, 'Plan an update of Asterisk.')];
    case 'fine':
      return asterisk === null ? [] : [ok(about, `Asterisk ${asterisk}`)];
  }
}

async function systemNameOf(session: AmiSession): Promise<string | null> {
  try {
    const { response } = await session.action('CoreSettings');
    return response.get('SystemName') || null;
  } catch (error) {
    if (error instanceof AmiError) return null;
    throw error;
  }
}

/** ListCommands names only the actions that this user may do. */
async function checkRights(
  session: AmiSession,
  { about, user, needs, shouldNot }: UserCheck,
): Promise<Finding[]> {
  const { response } = await session.action('ListCommands');
  const may = response.fields();
  const missing = needs.filter((action) => !may.has(action));
  const tooMuch = shouldNot.filter((action) => may.has(action));
  const findings: Finding[] = [];
  if (missing.length === 0) findings.push(ok(about, `'${user}' may do what is needed: ${needs.join(', ')}`));
  else
    findings.push(
      failed(
        about,
        `'${user}' may not do ${missing.join(', ')}`,
        `Set its read and write classes as in docs/asterisk/manager.conf, then 'manager reload'.`,
      ),
    );
  if (tooMuch.length > 0)
    findings.push(
      warning(
        about,
        `'${user}' may also do ${tooMuch.join(', ')}, which Ringdesk never does`,
        'Take the classes away that docs/asterisk/manager.conf does not give.',
      ),
    );
  return findings;
}

/** Durations come from Asterisk's Timestamp, lag from the difference of the clocks. */
async function checkClock(session: AmiSession, { about }: UserCheck): Promise<Finding[]> {
  try {
    const { response } = await session.action('Ping');
    const seconds = Number(response.get('Timestamp'));
    if (!(seconds > 0)) return [];
    const offMs = Math.round(Math.abs(Date.now() - seconds * 1000));
    if (offMs <= clockToleranceMs)
      return [ok(about, `its clock is within ${clockToleranceMs / 1000} s of ours`)];
    return [
      warning(
        about,
        `its clock is ${(offMs / 1000).toFixed(1)} s off ours`,
        'Run a time service (chrony, ntpd) on both machines.',
      ),
    ];
  } catch (error) {
    if (error instanceof AmiError) return [];
    throw error;
  }
}
