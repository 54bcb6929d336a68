import type { Interaction } from '@ringdesk/shared/interaction';
import { loadConfig } from '../../server/config/index.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { createCallState } from '../../server/telephony/calls/index.ts';
import { nowhere } from '../../server/telephony/journal/testing/nowhere.ts';
import { callOptions, createLink } from '../../server/telephony/link/index.ts';

/** Somebody who listens to the PBX all the time and is never cut off: what really happened. */
export interface Witness {
  /** What has ended, by id. */
  readonly ended: ReadonlyMap<string, Interaction>;
  /** How many calls are under way. */
  open(): number;
  stop(): Promise<void>;
}

/** @param env the settings of the server that is tested. Resolves when the link is up: before the first call. */
export async function startWitness(env: Readonly<Record<string, string>>): Promise<Witness> {
  const config = loadConfig(env);
  const [pbx] = config.pbx;
  if (pbx === undefined) throw new Error('A witness needs a PBX');
  const ended = new Map<string, Interaction>();
  const open = new Set<string>();
  let up = () => {};
  const connected = new Promise<void>((resolve) => {
    up = resolve;
  });
  const link = createLink({
    pbx,
    state: createCallState(callOptions(config, pbx)),
    journal: nowhere,
    onEvents(events) {
      for (const event of events) {
        if (event.type === 'call.started') open.add(event.callId);
        else if (event.type === 'call.merged') open.delete(event.from);
        else if (event.type === 'interaction.ended') {
          open.delete(event.callId);
          ended.set(event.callId, event.interaction);
        }
      }
    },
    onState: (state) => state.kind === 'up' && up(),
    onSegment() {},
    log: createLog({ level: 'silent', showPersonal: false }),
    metrics: createMetrics(),
  });
  link.start();
  await connected;
  return { ended, open: () => open.size, stop: () => link.stop() };
}
