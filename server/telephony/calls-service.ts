import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Interaction } from '@ringdesk/shared/interaction';
import { Gauge, type Registry } from 'prom-client';
import type { Config, PbxConfig } from '../config/index.ts';
import type { Log } from '../platform/log.ts';
import { type CallState, type ListedDevice, listPhones } from './calls/index.ts';
import { type Journal, openJournal } from './journal/index.ts';
import {
  callOptions,
  createLink,
  type Link,
  type LinkState,
  ownersOf,
  recoverCalls,
  rereadEnded,
} from './link/index.ts';
import { createRecords, type Records } from './records/index.ts';

const dayMs = 86_400_000;
/** How often the users' list is asked for devices that were added, ms. */
const ownersAgainMs = 5_000;

export interface CallsOptions {
  config: Config;
  pbxs: readonly PbxConfig[];
  /** An idempotent upsert of a whole batch. */
  write(batch: readonly Interaction[]): Promise<void>;
  onEvent(event: CallEvent, pbx: string): void;
  /** The customer of a call as it is known when it ends, or null. */
  customerOf(callId: string): string | null;
  onLink(pbx: string, state: LinkState): void;
  /** Whose devices are whose, by the users' list as it is now. */
  agents(): Promise<readonly { id: string; devices: readonly string[] }[]>;
  log: Log;
  metrics: Registry;
}

/** Everything between the PBXs and the records: journals, links, and the writer. */
export interface Calls {
  links: ReadonlyMap<string, Link>;
  journals: ReadonlyMap<string, Journal>;
  records: Records;
  /** The phones and lines of each PBX as the calls are told by now: whose each is, and why. */
  listPhones(): { pbx: string; devices: ListedDevice[] }[];
  /** Begins to listen, once it is known whose phones are whose. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Opens the journals, takes up the calls that were open when the last run ended, and builds a link to each PBX.
 * @throws when a journal's folder cannot be made or read
 */
export async function createCalls(options: CallsOptions): Promise<Calls> {
  const { config, pbxs, write, onEvent, customerOf, onLink, agents, log, metrics } = options;
  const dir = join(config.dataDir, 'journal');
  const journals = new Map<string, Journal>(
    pbxs.map(({ name }) => [name, openJournal({ dir, pbx: name, log, keepMs: config.journalDays * dayMs })]),
  );
  watchDisk({ dir: config.dataDir, journals, metrics });
  const optionsOf = new Map(pbxs.map((pbx) => [pbx.name, callOptions(config, pbx)]));
  const records = createRecords({
    write,
    onWrittenBefore: (pbx, segment) => journals.get(pbx)?.writtenBefore(segment),
    async *reread(pbx) {
      const journal = journals.get(pbx);
      const model = optionsOf.get(pbx);
      if (journal !== undefined && model !== undefined) yield* rereadEnded(journal, model);
    },
    log,
    metrics,
  });

  const links = new Map<string, Link>();
  const states = new Map<string, CallState>();
  for (const pbx of pbxs) {
    const journal = journals.get(pbx.name);
    const model = optionsOf.get(pbx.name);
    if (journal === undefined || model === undefined) continue;
    const { state, ended } = await recoverCalls(journal, model);
    states.set(pbx.name, state);
    for (const { interaction, segment } of ended) records.put(interaction, pbx.name, segment);
    const dispatch = (events: readonly CallEvent[]) => {
      for (const event of events) {
        if (event.type === 'interaction.ended') {
          const customerId = customerOf(event.callId);
          records.put({ ...event.interaction, customerId }, pbx.name, journal.segment);
        }
        onEvent(event, pbx.name);
      }
    };
    links.set(
      pbx.name,
      createLink({
        pbx,
        state,
        journal,
        onEvents: dispatch,
        onSegment: (segment) => records.current(pbx.name, segment),
        onState: (next) => onLink(pbx.name, next),
        log,
        metrics,
      }),
    );
  }

  let again: NodeJS.Timeout | undefined;

  /** While the database is away, phones stay whose they were. */
  async function tellOwners(): Promise<void> {
    try {
      const all = await agents();
      for (const link of links.values()) link.setOwners(ownersOf(all, link.name));
    } catch (error) {
      log.warn({ err: error }, 'The users cannot be read: a new device of an agent is not known yet');
    }
  }

  return {
    links,
    journals,
    records,
    listPhones: () => [...states].map(([pbx, state]) => ({ pbx, devices: listPhones(state) })),
    async start() {
      await tellOwners();
      again = setInterval(() => void tellOwners(), ownersAgainMs);
      for (const link of links.values()) link.start();
    },
    async stop() {
      clearInterval(again);
      await Promise.all([...links.values()].map((link) => link.stop()));
      await records.drain(5000);
      for (const journal of journals.values()) journal.close();
    },
  };
}

/** For alerts: a disk that runs full is seen before it is, and a journal that is not written at once. */
function watchDisk(options: {
  dir: string;
  journals: ReadonlyMap<string, Journal>;
  metrics: Registry;
}): void {
  const { dir, journals, metrics } = options;
  new Gauge({
    name: 'ringdesk_journal_up',
    help: '1 while all that a PBX says is written to the journal',
    labelNames: ['pbx'],
    registers: [metrics],
    collect() {
      for (const [pbx, journal] of journals) this.set({ pbx }, journal.status().kind === 'written' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'ringdesk_data_dir_free_bytes',
    help: 'Room that is left on the disk of the data directory',
    registers: [metrics],
    collect() {
      try {
        const { bavail, bsize } = statfsSync(dir);
        this.set(bavail * bsize);
      } catch {
        // A disk that cannot be asked is told by the journal.
      }
    },
  });
}
