import { retryDelayMs } from '@ringdesk/shared/backoff';
import type { Interaction } from '@ringdesk/shared/interaction';

/** An ended interaction that waits for the database, and the journal's segment in which it ended. */
export interface Waiting {
  interaction: Interaction;
  pbx: string;
  segment: number;
}

/**
 * Takes the next batch from the queue, oldest first. A record that was said twice (a replay, a correction) is written once, as it was said
 * last: the same id must not stand twice in one bulk write.
 */
export function nextBatch(queue: readonly Waiting[], size: number): { taken: number; batch: Interaction[] } {
  const taken = Math.min(queue.length, size);
  const byId = new Map<string, Interaction>();
  for (const waiting of queue.slice(0, taken)) {
    byId.delete(waiting.interaction.id);
    byId.set(waiting.interaction.id, waiting.interaction);
  }
  return { taken, batch: [...byId.values()] };
}

/** Per PBX, the first segment that may still hold an unwritten interaction; the current one when nothing waits. */
export function writtenBefore(
  queue: readonly Waiting[],
  current: ReadonlyMap<string, number>,
): Map<string, number> {
  const first = new Map(current);
  for (const { pbx, segment } of queue) first.set(pbx, Math.min(first.get(pbx) ?? segment, segment));
  return first;
}

/** The pause before the next try after `failures` failed ones, in ms: doubles from 250 ms to 5 s. */
export function retryAfter(failures: number): number {
  return retryDelayMs(failures, 250, 5000);
}
