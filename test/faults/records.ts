import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interaction } from '@ringdesk/shared/interaction';
import { loadConfig } from '../../server/config/index.ts';
import { createInteractions } from '../../server/features/interactions/index.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { openStore } from '../../server/platform/store/index.ts';
import { callOptions, replayFile } from '../../server/telephony/link/index.ts';

type Env = Readonly<Record<string, string>>;

/** The interaction without what people added: what the PBX's events alone give. */
export function telephony(
  interaction: Interaction,
): Omit<Interaction, 'customerId' | 'disposition' | 'reason' | 'note'> {
  const {
    customerId: _customer,
    disposition: _disposition,
    reason: _reason,
    note: _note,
    ...rest
  } = interaction;
  return { ...rest, legs: rest.legs.map(({ wrapUp: _wrapUp, ...leg }) => ({ ...leg, wrapUpMs: null })) };
}

/** All segments of the journal, oldest first, as files. */
function segmentsOf({ dataDir }: { dataDir: string }): string[] {
  const dir = join(dataDir, 'journal');
  return readdirSync(dir)
    .filter((name) => name.endsWith('.ami'))
    .sort()
    .map((name) => join(dir, name));
}

/** Replays the whole journal of a server that is stopped. `said` counts how often each interaction ended in it. */
export async function journalOf(env: Env): Promise<{ records: Map<string, Interaction>; said: number }> {
  const config = loadConfig(env);
  const [pbx] = config.pbx;
  if (pbx === undefined) throw new Error('No PBX, no journal');
  const records = new Map<string, Interaction>();
  let said = 0;
  for (const file of segmentsOf(config)) {
    for await (const { events } of replayFile(file, callOptions(config, pbx))) {
      for (const event of events) {
        if (event.type !== 'interaction.ended') continue;
        records.set(event.callId, event.interaction);
        said += 1;
      }
    }
  }
  return { records, said };
}

/** When the link went down and when the snapshots after a login were taken, by the journal (ms since 1970). */
export function linkTimes(env: Env): { down: number[]; snapshots: number[] } {
  const text = segmentsOf(loadConfig(env))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  const times = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => Number(match[1]));
  return {
    down: times(/Event: RingdeskLink\r\nLink: down\r\nAt: (\d+)/g),
    snapshots: times(/Event: RingdeskSnapshot\r\nPart: end\r\nAt: (\d+)/g),
  };
}

/** All interactions in the database, after the server has stopped, each as often as it stands there. */
export async function storedRecords(env: Env): Promise<Interaction[]> {
  const { mongoUrl, dataDir } = loadConfig(env);
  const log = createLog({ level: 'silent', showPersonal: false });
  const store = await openStore({ mongoUrl, dataDir, log, metrics: createMetrics() });
  try {
    const { list } = createInteractions({ store, agentNames: async () => new Map() });
    const all: Interaction[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await list({ limit: 200, cursor });
      all.push(...page.interactions);
      if (page.next === null) return all;
      cursor = page.next;
    }
  } finally {
    await store.close();
  }
}
