import type { Card, DeskView } from '@ringdesk/shared/desk';

/** A card as a test needs it: an inbound call of a number that nobody knows, ringing; say only what matters. */
export function aCard(over: Partial<Card> = {}): Card {
  return {
    callId: 'c1',
    leg: 0,
    phase: 'ringing',
    direction: 'inbound',
    queue: 'sales',
    did: '2000',
    number: '+74955550101',
    numberRaw: '84955550101',
    presentation: 'allowed',
    callerName: null,
    enteredQueueAt: '2026-01-12T09:00:00.000Z',
    offeredAt: '2026-01-12T09:00:10.000Z',
    answeredAt: null,
    endedAt: null,
    outcome: null,
    consultation: false,
    match: { kind: 'none' },
    timeline: [],
    repeat: null,
    transferredFrom: null,
    wrapUp: { disposition: null, reason: null, note: '', revision: 0 },
    wrapUpEndsAt: null,
    can: { hangUp: true, transfer: false },
    consulting: null,
    ...over,
  };
}

/** A desk as a test needs it: an agent who waits for a call. */
export function aView(over: Partial<DeskView> = {}): DeskView {
  return {
    epoch: 'e1',
    version: 1,
    now: Date.parse('2026-01-12T09:00:12.000Z'),
    agent: {
      id: '1001',
      name: 'Anna',
      devices: ['PJSIP/1001'],
      state: 'available',
      reason: null,
      since: '2026-01-12T08:55:00.000Z',
    },
    queues: [{ name: 'sales', paused: false }],
    phone: 'idle',
    pbx: { state: 'up', since: '2026-01-12T08:00:00.000Z', message: null },
    cards: [],
    ...over,
  };
}
