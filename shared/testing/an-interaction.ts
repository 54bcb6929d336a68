import type { Interaction, Leg } from '../interaction.ts';

/** Records for tests: an ordinary call, and what the test says of it. */

export function anInteraction(said: Partial<Interaction> = {}): Interaction {
  return {
    id: 'main-1.0',
    pbx: 'main',
    channel: 'voice',
    direction: 'inbound',
    number: '+74955550101',
    numberRaw: '84955550101',
    presentation: 'allowed',
    name: null,
    did: '2000',
    customerId: null,
    startedAt: '2026-01-01T10:00:00.000Z',
    answeredAt: null,
    endedAt: '2026-01-01T10:00:09.000Z',
    end: 'caller',
    outcome: 'answered',
    ivrMs: 0,
    entries: [],
    legs: [],
    transfers: [],
    survey: null,
    recording: null,
    callbackRequested: false,
    timeline: [],
    disposition: null,
    reason: null,
    note: null,
    requests: [],
    confidence: 'live',
    ...said,
  };
}

/** An answered leg of agent 1001. */
export function anAnsweredLeg(said: Partial<Leg> = {}): Leg {
  return {
    agent: '1001',
    device: 'PJSIP/1001',
    queue: 'sales',
    offeredAt: '2026-01-01T10:00:01.000Z',
    answeredAt: '2026-01-01T10:00:02.000Z',
    endedAt: '2026-01-01T10:00:05.000Z',
    ringMs: 1000,
    talkMs: 3000,
    holdMs: 0,
    wrapUpMs: null,
    outcome: 'answered',
    endedBy: 'caller',
    consultation: false,
    ...said,
  };
}
