import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallEvent, QueueMember } from '@ringdesk/shared/call-events';
import type { Interaction, QueueEntry } from '@ringdesk/shared/interaction';
import { toE164 } from '@ringdesk/shared/phone';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { createCallState, currentMembers, liveCalls } from '../../server/telephony/calls/index.ts';
import { openJournal } from '../../server/telephony/journal/index.ts';
import { createLink } from '../../server/telephony/link/index.ts';
import {
  type Comparison,
  compareEntries,
  type LiveEntry,
  type QueueLogEntry,
  queueLogEntries,
  readQueueLog,
} from '../../server/telephony/reconcile/index.ts';
import type { Lab } from './lab.ts';

/** The lab's calls as Ringdesk sees them: our AMI client, journal and call model, linked to it as in production. */
export interface Followed {
  events: CallEvent[];
  /** Those that ended, in the order in which they did. */
  interactions: Interaction[];
  live(): number;
  /** Resolves when so many interactions have ended in all. Rejects after 20 s. */
  ended(count: number): Promise<void>;
  /** All entries so far, against queue_log. */
  compare(): Promise<{ log: QueueLogEntry[]; comparison: Comparison }>;
  stop(): Promise<void>;
}

/** Resolves when the link is up. @param directory for the journal */
export async function followCalls(lab: Lab, directory: string): Promise<Followed> {
  const log = createLog({ level: 'error', showPersonal: false });
  const state = createCallState({ pbx: 'lab', toE164: (raw) => toE164(raw, 'RU') });
  const journal = openJournal({ dir: join(directory, 'journal'), pbx: 'lab', log });
  const events: CallEvent[] = [];
  const waiting = new Set<() => void>();
  const interactions: Interaction[] = [];
  let linked = () => {};
  const up = new Promise<void>((resolve) => {
    linked = resolve;
  });
  const link = createLink({
    pbx: { name: 'lab', tls: false, ...lab.ami },
    state,
    journal,
    onEvents: (batch) => {
      events.push(...batch);
      for (const event of batch) if (event.type === 'interaction.ended') interactions.push(event.interaction);
      for (const check of waiting) check();
    },
    onState: (next) => {
      if (next.kind === 'up') linked();
    },
    onSegment: () => undefined,
    log,
    metrics: createMetrics(),
  });
  link.start();
  await up;

  return {
    events,
    interactions,
    live: () => liveCalls(state).length,
    ended: (count) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (interactions.length < count) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`${interactions.length} of ${count} interactions ended within 20 s`));
        }, 20_000);
        waiting.add(check);
        check();
      }),
    compare: async () => {
      const rows = readQueueLog(readFileSync(lab.queueLogFile, 'utf8'));
      const logged = queueLogEntries(rows);
      // A final record may be said twice; the last one counts.
      const ended = new Map(interactions.map((one) => [one.id, one]));
      const members = currentMembers(state);
      const live = [...ended.values(), ...liveCalls(state)].flatMap((record) =>
        record.entries.map((entry) => liveEntry(record, entry, members)),
      );
      const agents = new Map(members.map(({ name, agent }) => [name, agent]));
      for (const [name, number] of await memberNumbers(lab)) agents.set(name, number);
      return { log: logged, comparison: compareEntries(live, logged, (name) => agents.get(name) ?? name) };
    },
    stop: async () => {
      await link.stop();
      journal.close();
    },
  };
}

function liveEntry(record: Interaction, entry: QueueEntry, members: readonly QueueMember[]): LiveEntry {
  const { queue, agent, enteredAt, leftAt } = entry;
  const isMember = members.some((member) => member.queue === queue && member.agent === agent);
  if (agent === null || isMember) return { callId: record.id, entry };
  const ofStay = record.legs.filter(
    (leg) => leg.queue === queue && leg.offeredAt >= enteredAt && leg.offeredAt <= (leftAt ?? leg.offeredAt),
  );
  const rangInstead = ofStay.filter(({ outcome }) => outcome === 'elsewhere').map((leg) => leg.agent);
  return { callId: record.id, entry, rangInstead };
}

/** Member name, as queue_log has it → the agent's number, of those whose interface has one. */
async function memberNumbers(lab: Lab): Promise<[string, string][]> {
  const probe = await lab.probe({ events: 'off' });
  const { list } = await probe.action({ Action: 'QueueStatus' });
  await probe.close();
  return list.flatMap(({ Event, Name = '', Location = '' }) => {
    const number = /\/(\d+)/.exec(Location)?.[1];
    return Event === 'QueueMember' && number !== undefined ? [[Name, number]] : [];
  });
}
