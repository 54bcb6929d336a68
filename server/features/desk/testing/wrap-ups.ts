import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { aCall, aLeg, aMember } from './call.ts';
import { desksAtWork } from './desks.ts';

/** The agent who writes. */
export const anna = '1001';
export const call = aCall('c1');

export function draft(revision: number, note: string, over: Partial<WrapUpDraft> = {}): WrapUpDraft {
  return { disposition: null, reason: null, note, revision, ...over };
}

/** Anna's call ended in second 10; she writes. */
export function writing(options: { wrapUpLimitMs?: number | null } = {}) {
  const desk = desksAtWork(options);
  desk.say(
    aMember(0, 'PJSIP/1001'),
    call.started(1),
    call.offered(2, aLeg(anna)),
    call.answered(3, aLeg(anna)),
    call.ended(10, aLeg(anna)),
    call.over(10),
  );
  return desk;
}
