import type { PbxConfig } from '../../config/index.ts';
import { AmiError, type AmiMessage, type AmiSession } from '../../telephony/ami/index.ts';
import { type AmiFields, testCall } from '../../telephony/calls/index.ts';
import { eventClasses, isTimed } from '../../telephony/link/index.ts';
import { type Finding, failed, ok, warning } from './finding.ts';
import { aboutPbx, withSession } from './session.ts';

/**
 * What the PBX really sends, not what it answers: something is made to happen that disturbs nobody, and its events are waited for. The actions user
 * dials a Local channel that leads nowhere (Newchannel and Hangup, no phone rings, no dialplan runs), and gives a queue's member the penalty that it
 * has (QueueMemberPenalty; a line PENALTY in queue_log).
 */

const patienceMs = 5_000;
const callEvents = ['Newchannel', 'Hangup'];
const queueEvents = ['QueueMemberPenalty'];

interface Trial {
  needs: readonly string[];
  /** Which events are about the trial. */
  isMine(message: AmiFields): boolean;
  start(actor: AmiSession): Promise<unknown>;
}

export async function checkHeard(pbx: PbxConfig): Promise<Finding[]> {
  const heard: AmiMessage[] = [];
  let notice = () => {};
  const login = {
    user: pbx.eventsUser,
    secret: pbx.eventsSecret,
    events: eventClasses,
    onMessage(message: AmiMessage) {
      heard.push(message);
      notice();
    },
  };
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, patienceMs);
      notice = () => {
        if (!holds()) return;
        clearTimeout(limit);
        resolve();
      };
      notice();
    });
  const found = await withSession(pbx, login, ({ session: reader }) =>
    withSession(pbx, { user: pbx.actionsUser, secret: pbx.actionsSecret }, async ({ session: actor }) => {
      const findings: Finding[] = [];
      for (const trial of [callTrial(Date.now()), await queueTrial(reader)]) {
        if (trial === null) {
          findings.push(noMembers(pbx));
          continue;
        }
        await trial.start(actor);
        const mine = () => heard.filter((message) => trial.isMine(message));
        await until(() => missing(trial.needs, mine()).length === 0);
        findings.push(...judge(pbx, trial.needs, mine()));
      }
      return findings;
    }),
  );
  return Array.isArray(found) ? found : [found];
}

function callTrial(now: number): Trial {
  const [one, two] = [`${testCall.prefix}${now}.1`, `${testCall.prefix}${now}.2`];
  return {
    needs: callEvents,
    isMine: (message) => [one, two].includes(message.get('Uniqueid') ?? ''),
    start: (actor) =>
      unlessRefused(
        actor.action('Originate', {
          Channel: testCall.channel,
          // It never runs. An extension would have to exist.
          Application: 'Wait',
          Data: '0',
          ChannelId: one,
          OtherChannelId: two,
          Timeout: '1000',
        }),
      ),
  };
}

/** A member's penalty is set to what it is. Null where no queue has a member. */
async function queueTrial(reader: AmiSession): Promise<Trial | null> {
  const { events } = await reader.action('QueueStatus', {}, { timeoutMs: patienceMs });
  const member = events.find((item) => item.event === 'QueueMember');
  const [queue, device] = [member?.get('Queue'), member?.get('Location')];
  if (member === undefined || queue === undefined || device === undefined) return null;
  return {
    needs: queueEvents,
    isMine: (message) => message.get('Queue') === queue && message.get('Interface') === device,
    start: (actor) =>
      unlessRefused(
        actor.action('QueuePenalty', {
          Queue: queue,
          Interface: device,
          Penalty: member.get('Penalty') ?? '0',
        }),
      ),
  };
}

/** "Originate failed" is what is expected, and other refusals show by what is not heard. */
async function unlessRefused(action: Promise<unknown>): Promise<void> {
  await action.catch((error: unknown) => {
    if (!(error instanceof AmiError)) throw error;
  });
}

function missing(needs: readonly string[], heard: readonly AmiFields[]): string[] {
  return needs.filter((name) => !heard.some((message) => message.get('Event') === name));
}

/** What the events of a trial say of manager.conf. */
export function judge(pbx: PbxConfig, needs: readonly string[], heard: readonly AmiFields[]): Finding[] {
  const about = aboutPbx(pbx);
  const silent = missing(needs, heard);
  if (silent.length > 0) {
    const classes = needs === queueEvents ? 'agent' : 'call';
    return [
      failed(
        about,
        `${silent.join(', ')} did not arrive within ${patienceMs / 1000} s of a test: calls would not be seen`,
        `In manager.conf, section [${pbx.eventsUser}]: read = system,call,agent,user,dtmf (it needs '${classes}'), and no eventfilter but those of docs/asterisk/manager.conf. Then "manager reload".`,
      ),
    ];
  }
  const findings = [ok(about, `events arrive (tried: ${needs.join(', ')})`)];
  const inGeneral = 'In [general] of manager.conf (FreePBX: see docs/asterisk/freepbx.md)';
  if (heard.some((message) => !isTimed(message)))
    findings.push(
      warning(
        about,
        'events come without their time: times would be those of arrival',
        `${inGeneral}: timestampevents = yes. Then "manager reload".`,
      ),
    );
  const begun = heard.find((message) => message.get('Event') === 'Newchannel');
  if (begun !== undefined && !begun.all('ChanVariable').some((line) => line.startsWith('CALLERID(pres)=')))
    findings.push(
      warning(
        about,
        'events do not say whether a caller withholds the number: it would be shown',
        `${inGeneral}: channelvars = CALLREF,CALLERID(pres),MIXMONITOR_FILENAME. Then "manager reload".`,
      ),
    );
  return findings;
}

function noMembers(pbx: PbxConfig): Finding {
  return warning(
    aboutPbx(pbx),
    'no queue has a member, so the events of queues could not be tried',
    'Log an agent into a queue, or name members in queues.conf, and run this again.',
  );
}
