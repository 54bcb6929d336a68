import type { AgentState, Colleagues } from '@ringdesk/shared/desk';

/** To whom a call can be given. `to` is what the PBX is told: an extension, a queue's name, a number. */
export type Target =
  | { kind: 'agent'; to: string; name: string; state: AgentState }
  | { kind: 'queue'; to: string }
  | { kind: 'number'; to: string };

const readiness: Record<AgentState, number> = {
  available: 0,
  'wrap-up': 1,
  'on-call': 2,
  ringing: 2,
  break: 3,
  offline: 4,
};

/** What fits the typed text: free colleagues first, then queues, and the text itself when it is a number. */
export function targetsFor(text: string, { agents, queues }: Colleagues): Target[] {
  const typed = text.trim().toLocaleLowerCase();
  const fits = (...names: string[]) => names.some((name) => name.toLocaleLowerCase().includes(typed));
  const people = agents
    .filter(({ agent, name }) => fits(agent, name))
    .sort((a, b) => readiness[a.state] - readiness[b.state] || a.name.localeCompare(b.name))
    .map(({ agent, name, state }): Target => ({ kind: 'agent', to: agent, name, state }));
  const lines = queues.filter((queue) => fits(queue)).map((to): Target => ({ kind: 'queue', to }));
  const found = [...people, ...lines];
  const number = dialable(text);
  const known = number !== null && found.some((target) => target.to === number);
  return number !== null && !known ? [...found, { kind: 'number', to: number }] : found;
}

/** The number in what was typed, without the signs that people put in; null when it is none. */
export function dialable(text: string): string | null {
  const bare = text.replace(/[\s()-]/g, '');
  return /^\+?[\d*#]{2,}$/.test(bare) ? bare : null;
}
