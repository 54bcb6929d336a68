import { onDevice, onMember } from './pause.ts';
import { type AgentDesk, type DeskAgent, type Desks, iso, type Outcome } from './state.ts';

/** Who has a desk. An agent who is added while calls run finds the phone as the PBX last described it. */
export function onAgents(desks: Desks, agents: readonly DeskAgent[], out: Outcome): void {
  for (const agent of agents) {
    const desk = desks.agents.get(agent.id) ?? openDesk(agent, out.now);
    const isNew = !desks.agents.has(agent.id);
    const moved = desk.agent.device !== agent.device;
    if (moved && desks.byDevice.get(desk.agent.device) === agent.id) desks.byDevice.delete(desk.agent.device);
    desk.agent = { ...agent };
    desks.agents.set(agent.id, desk);
    desks.byDevice.set(agent.device, agent.id);
    out.changed.add(agent.id);
    if (!isNew && !moved) continue;
    desk.memberships.clear();
    const phone = desks.phones.get(agent.device);
    if (phone === undefined) continue;
    for (const member of phone.members.values()) onMember(desk, phone.pbx, member, out);
    onDevice(desk, phone.pbx, phone.state, out);
  }
}

function openDesk(agent: DeskAgent, now: number): AgentDesk {
  return {
    agent,
    pbx: null,
    chosen: { state: 'offline', reason: null },
    known: false,
    beforeDown: null,
    reassertUntil: 0,
    ready: false,
    memberships: new Map(),
    phone: 'unknown',
    awaySince: Number.NEGATIVE_INFINITY,
    cards: [],
    shown: { state: 'offline', reason: null, since: iso(now) },
    version: 0,
    asked: null,
    pauseFailed: null,
  };
}
