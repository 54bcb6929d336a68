import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Card, DeskView } from '@ringdesk/shared/desk';
import { step } from '../model.ts';
import { createDesks, type DeskInput, type Effect } from '../state.ts';
import { viewOf } from '../view.ts';
import { aCall, aCustomer, aSummary, ms } from './call.ts';

export const threeAgents = [
  { id: '1001', name: 'Anna Petrova', devices: ['PJSIP/1001'] },
  { id: '1002', name: 'Boris Ivanov', devices: ['PJSIP/1002'] },
  { id: '1003', name: 'Clara Nowak', devices: ['PJSIP/1003'] },
];

/** The model at work on a PBX that is linked, with a clock that the test sets. */
export function desksAtWork(options: { wrapUpLimitMs?: number | null; linked?: boolean } = {}) {
  const { wrapUpLimitMs = 60_000, linked = true } = options;
  const desks = createDesks({ wrapUpLimitMs });
  let effects: Effect[] = [];
  let changed = new Set<string>();

  function tell(second: number, input: DeskInput): void {
    const outcome = step(desks, input, ms(second));
    effects.push(...outcome.effects);
    for (const agent of outcome.changed) changed.add(agent);
  }

  tell(0, { type: 'agents', agents: threeAgents });
  for (const { id } of threeAgents) tell(0, { type: 'present', agent: id, present: true });
  if (linked) tell(0, { type: 'link', pbx: 'main', state: 'up', message: null, restarted: false });
  effects = [];
  changed = new Set();

  function view(agent: string, second = 0): DeskView {
    const desk = desks.agents.get(agent);
    if (desk === undefined) throw new Error(`no desk for ${agent}`);
    return viewOf(desks, desk, 'e1', ms(second));
  }

  return {
    desks,
    tell,
    /** Events in order, each at its own time. */
    say(...events: CallEvent[]): void {
      for (const event of events) {
        const second = (Date.parse(event.at) - ms(0)) / 1000;
        tell(second, { type: 'call', pbx: 'main', event });
      }
    },
    view,
    card(agent: string): Card {
      const [first] = view(agent).cards;
      if (first === undefined) throw new Error(`no card at the desk of ${agent}`);
      return first;
    },
    /** The effects since the last time it was asked. */
    effects<K extends Effect['do']>(kind: K): Extract<Effect, { do: K }>[] {
      const matching = effects.filter((effect): effect is Extract<Effect, { do: K }> => effect.do === kind);
      effects = effects.filter((effect) => effect.do !== kind);
      return matching;
    },
    /** Whose views changed since the last time it was asked. */
    changed(): string[] {
      const agents = [...changed].sort();
      changed = new Set();
      return agents;
    },
  };
}

/** The call `c1` waits in `sales` from second 1, and its customer is known before any phone rings. */
export function knownCaller(desk: ReturnType<typeof desksAtWork>): void {
  const call = aCall('c1');
  desk.say(call.started(0), call.joined(1));
  const [asked] = desk.effects('look-up');
  if (asked === undefined) throw new Error('nobody was looked up');
  const { callId, attempt } = asked;
  const customer = aCustomer('k1');
  desk.tell(1.1, { type: 'identified', callId, attempt, identification: { kind: 'one', customer } });
  const old = aSummary('old', -3600);
  const history = { interactions: [old], total: 1, next: null };
  desk.tell(1.2, { type: 'history', callId, attempt, history, repeat: { contacts: 1, last: old } });
}
