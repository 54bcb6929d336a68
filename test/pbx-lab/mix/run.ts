import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../../server/stand-ins/asterisk-simulator/random.ts';
import type { Comparison, QueueLogEntry } from '../../../server/telephony/reconcile/index.ts';
import { followCalls } from '../followed.ts';
import type { Lab } from '../lab.ts';
import type { House } from './house.ts';
import { planCalls } from './plan.ts';

export interface MixOptions {
  house: House;
  calls: number;
  /** Calls a second. */
  rate: number;
  seed: number;
  /** For the journal. */
  directory: string;
  onProgress?: (line: string) => void;
}

export interface MixResult {
  comparison: Comparison;
  log: QueueLogEntry[];
  /** Calls that reached Asterisk: one interaction each, for no two customers are ever joined. */
  calls: number;
  /** Interactions that ended, agents' own among them, and calls that the model still thinks alive although no channel is left. */
  interactions: number;
  live: number;
}

/**
 * Random calls of all kinds through a real Asterisk, followed by our client and call model, then compared with queue_log. The plan is repeatable
 * by its seed; what becomes of it is not entirely, for real phones and a real PBX race.
 */
export async function runMix(lab: Lab, options: MixOptions): Promise<MixResult> {
  const { house, calls: count, rate, seed, onProgress = () => undefined } = options;
  const random = createRandom(seed);
  const ami = await lab.probe({ events: 'call,agent' });
  const followed = await followCalls(lab, options.directory);
  await house.seat(lab, ami, random);

  const plan = planCalls(random.fork('calls'), house.kinds, count, rate);
  const began = Date.now();
  const running: Promise<unknown>[] = [];
  for (const [n, { at, values, behaviour }] of plan.entries()) {
    await pause(Math.max(0, began + at - Date.now()));
    running.push(lab.call(values, behaviour).done);
    if (n % 50 === 49) onProgress(`${n + 1} of ${count} calls placed, ${followed.live()} live`);
  }
  await Promise.all(running);
  await ami.idle(120_000);
  // The last events are on their way for a moment after the last channel is gone.
  for (let n = 0; n < 50 && followed.live() > 0; n++) await pause(100);

  const { log, comparison } = await followed.compare();
  const result = {
    comparison,
    log,
    calls: followed.interactions.filter(({ direction }) => direction === 'inbound').length,
    interactions: followed.interactions.length,
    live: followed.live(),
  };
  await followed.stop();
  await ami.close();
  return result;
}
