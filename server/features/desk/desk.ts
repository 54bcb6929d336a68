import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Customer } from '@ringdesk/shared/customer';
import type { DeskView } from '@ringdesk/shared/desk';
import type { Route } from '../../platform/api/index.ts';
import type { Feature } from '../../platform/feature.ts';
import { Actions } from './actions.ts';
import type { DeskDeps } from './deps.ts';
import { deskRoutes } from './routes.ts';
import { createCore } from './service.ts';

/** The desks of all agents. */
export interface Desk extends Feature {
  /** What the call model says, event by event and in order. Views are pushed at the end of this turn of the event loop. */
  onCallEvent(event: CallEvent, pbx: string): void;
  /** `restarted`: the PBX itself was restarted while it was away, and has forgotten all pauses. Told before the snapshot's events or after them. */
  onLink(link: {
    pbx: string;
    state: 'up' | 'down';
    message: string | null;
    restarted: boolean;
    warning?: 'no-timestamps' | 'journal' | null;
  }): void;
  /** A customer was created or changed: open cards show it. */
  onCustomerChanged(customer: Customer): void;
  /**
   * The customer of a call as the desks know it, or null. To be asked before `interaction.ended` is told to the desk, which then forgets the
   * call.
   */
  customerOf(callId: string): string | null;
  /** The first device of an agent connected, or the last one went. Forms are only for who sits there to fill them in. */
  onPresence(agent: string, present: boolean): void;
  /** Makes an agent who is offline available; one who is not is left alone. @throws Refusal as when the agent had asked for it */
  takeCalls(agent: string): Promise<void>;
  /** The settings were changed. */
  onSettings(): void;
  /** The queues that the PBXs say phones are members of, and those that can be dialled. */
  queueNames(): string[];
  routes: readonly Route[];
  /** Whether a person, by the customer's id or the number, is on an open card of this agent. */
  isOnDesk(agent: string, person: string): boolean;
  /** null for somebody who has no desk. */
  viewOf(agent: string): DeskView | null;
  /** Resolves when open cards are back, or the database is away; to be awaited before events are told. @throws when the outbox's file cannot be opened */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createDesk(deps: DeskDeps): Desk {
  const core = createCore(deps);
  const actions = new Actions(core);
  return {
    onCallEvent: (event, pbx) => core.note({ type: 'call', pbx, event }),
    onLink: (link) => core.note({ type: 'link', ...link }),
    onCustomerChanged: (customer) => core.note({ type: 'customer-changed', customer }),
    onPresence: (agent, present) => core.note({ type: 'present', agent, present }),
    customerOf(callId) {
      const match = core.desks.calls.get(callId)?.match;
      return match?.kind === 'one' ? match.customer.id : null;
    },
    async takeCalls(agent) {
      if (core.viewOf(agent)?.agent.state === 'offline')
        await actions.choose(agent, { state: 'available', reason: null });
    },
    isOnDesk: (agent, person) =>
      (core.viewOf(agent)?.cards ?? []).some(
        ({ match, number }) =>
          number === person ||
          (match.kind === 'one' && match.customer.id === person) ||
          (match.kind === 'several' && match.candidates.some(({ id }) => id === person)),
      ),
    onSettings: () => core.note({ type: 'settings', wrapUpLimits: deps.wrapUpLimits() }),
    queueNames() {
      const members = [...core.desks.phones.values()].flatMap(({ members: of }) => [...of.keys()]);
      return [...new Set([...members, ...deps.transferQueues])];
    },
    routes: deskRoutes(core, actions),
    viewOf: (agent) => core.viewOf(agent),
    start: () => core.start(),
    stop: () => core.stop(),
  };
}
