import { onPhoneKnown } from './pause.ts';
import { type AgentDesk, type DeskAgent, type Desks, iso, type Outcome } from './state.ts';

/** Who has a desk. An agent who is added while calls run finds the phones as the PBX last described them. */
export function onAgents(desks: Desks, agents: readonly DeskAgent[], out: Outcome): void {
  for (const agent of agents) {
    const known = desks.agents.get(agent.id);
    const desk = known ?? openDesk(agent, out.now);
    desk.agent = { ...agent };
    desks.agents.set(agent.id, desk);
    out.changed.add(agent.id);
    if (known !== undefined) continue;
    for (const phone of desks.phones.values())
      if (phone.agent === agent.id) onPhoneKnown(desk, phone.device, phone, out);
  }
}

function openDesk(agent: DeskAgent, now: number): AgentDesk {
  return {
    agent,
    pbx: null,
    chosen: { state: 'offline', reason: null },
    next: null,
    known: false,
    beforeDown: null,
    reassertUntil: 0,
    ready: false,
    memberships: new Map(),
    phones: new Map(),
    awaySince: Number.NEGATIVE_INFINITY,
    cards: [],
    shown: { state: 'offline', reason: null, since: iso(now) },
    version: 0,
    asked: null,
    pauseFailed: null,
  };
}
