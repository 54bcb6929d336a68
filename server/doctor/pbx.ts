import { readFileSync } from 'node:fs';
import type { PbxConfig } from '../config/index.ts';
import { AmiError, type AmiSession, type AmiState, createAmiSession } from '../pbx/ami/index.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

/** What each user needs, and what the reading one should not be able to do. Names of AMI actions. */
const readerNeeds = ['CoreShowChannels', 'QueueStatus'];
const readerShouldNot = ['Originate', 'Command', 'UpdateConfig'];
const actorNeeds = ['Originate', 'Hangup', 'BlindTransfer', 'Atxfer', 'CancelAtxfer', 'QueuePause'];
const actorShouldNot = ['Command', 'UpdateConfig', 'GetConfig'];

const patienceMs = 10_000;
const clockToleranceMs = 2_000;

/** Logs in as both users of a PBX and asks what they may do. */
export async function checkPbx(pbx: PbxConfig): Promise<Finding[]> {
  const about = `pbx ${pbx.name}`;
  const reader = await checkUser(pbx, {
    about,
    user: pbx.eventsUser,
    secret: pbx.eventsSecret,
    needs: readerNeeds,
    shouldNot: readerShouldNot,
  });
  if (reader.some(({ verdict }) => verdict === 'failed')) return reader;
  const actor = await checkUser(pbx, {
    about,
    user: pbx.actionsUser,
    secret: pbx.actionsSecret,
    needs: actorNeeds,
    shouldNot: actorShouldNot,
  });
  return [...reader, ...actor];
}

interface UserCheck {
  about: string;
  user: string;
  secret: string;
  needs: readonly string[];
  shouldNot: readonly string[];
}

async function checkUser(pbx: PbxConfig, check: UserCheck): Promise<Finding[]> {
  const { about, user, secret } = check;
  let settle: (state: AmiState) => void = () => {};
  const settled = new Promise<AmiState>((resolve) => {
    settle = resolve;
  });
  const session = createAmiSession({
    name: pbx.name,
    host: pbx.host,
    port: pbx.port,
    ...(pbx.tls
      ? { tls: pbx.tlsCaFile === undefined ? {} : { ca: readFileSync(pbx.tlsCaFile, 'utf8') } }
      : {}),
    username: user,
    secret,
    events: 'off',
    onMessage() {},
    onState: (state) => {
      if (state.kind !== 'connecting') settle(state);
    },
  });
  const limit = setTimeout(() => settle({ kind: 'connecting' }), patienceMs);
  session.start();
  try {
    const state = await settled;
    if (state.kind === 'down') return [failed(about, state.message, 'See docs/asterisk/README.md, step 2.')];
    if (state.kind === 'connecting')
      return [
        failed(
          about,
          `${pbx.host}:${pbx.port} did not finish a login within ${patienceMs / 1000} s`,
          'Check PBX_HOST, PBX_PORT and a firewall between.',
        ),
      ];
    const findings = [ok(about, `'${user}' logs in (${state.banner})`)];
    if (state.warning !== undefined)
      findings.push(warning(about, state.warning, `Give '${user}' the class system in manager.conf.`));
    return [...findings, ...(await checkRights(session, check)), ...(await checkClock(session, check))];
  } finally {
    clearTimeout(limit);
    await session.stop();
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
