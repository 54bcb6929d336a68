import type { Colleagues, WrapUpDraft } from '@ringdesk/shared/desk';
import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import type { TimelineResult } from '@ringdesk/shared/interaction';
import { deviceAt, isOfHouse } from '@ringdesk/shared/user';
import { Refusal } from '../../platform/errors.ts';
import type { Reader } from '../../platform/limits/reading.ts';
import { isReason } from '../settings/index.ts';
import { phoneState } from './agent-state.ts';
import { whoseHistory } from './calls.ts';
import { amendable, judgeDraft } from './drafts.ts';
import { isAtWork, pauseReasonOf } from './pause.ts';
import type { DeskCore } from './service.ts';
import { type AgentDesk, type Chosen, type DeskCard, draftKey, noHistory } from './state.ts';

/** A device counts its changes while it is offline, too; one that is further ahead would shut out all that comes later. */
const furthestAhead = 100_000;

/**
 * What an agent may do at the own desk. Each function checks that it can be done, does it, and tells the model; all throw Refusal.
 * An agent reaches only cards of the own desk: there is no way to name another one's.
 */
export class Actions {
  private readonly core: DeskCore;
  private readonly desks: DeskCore['desks'];
  private readonly deps: DeskCore['deps'];

  constructor(core: DeskCore) {
    this.core = core;
    this.desks = core.desks;
    this.deps = core.deps;
  }

  /** Everybody else who takes calls, by name. */
  colleagues(agent: string): Colleagues {
    const agents = [...this.desks.agents.values()]
      .filter((desk) => desk.agent.id !== agent)
      .map((desk) => ({ agent: desk.agent.id, name: desk.agent.name, state: desk.shown.state }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return { agents, queues: [...this.deps.transferQueues] };
  }

  async choose(agent: string, chosen: Chosen): Promise<void> {
    const desk = this.deskOf(agent);
    const { breakReasons } = this.deps.choices();
    if (chosen.state === 'break' && !breakReasons.some((one) => one.id === chosen.reason && !one.archived))
      throw wrongField('reason', 'is not one of the break reasons');
    if (chosen.state !== 'available' && isAtWork(desk)) {
      await this.core.tell({ type: 'chosen-next', agent, chosen });
      return;
    }
    const control = this.core.controlOf(desk.pbx);
    const reason = pauseReasonOf(chosen);
    for (const device of interfacesOf(desk)) {
      try {
        await control.pause(device, reason !== null, reason ?? '');
      } catch (error) {
        // "Interface not found": a phone that is a member of no queue has nothing to pause, and its agent may choose all the same.
        const ofNoQueue =
          desk.memberships.size === 0 && error instanceof Refusal && error.code === 'pbx-refused';
        if (!ofNoQueue) throw error;
      }
    }
    await this.core.tell({ type: 'chosen', agent, chosen });
  }

  async dial(agent: string, number: string): Promise<void> {
    const desk = this.deskOf(agent);
    if (desk.cards.some(({ phase }) => phase === 'ringing' || phase === 'talking' || phase === 'held'))
      throw new Refusal('conflict', 'You are on a call: end it first, then dial.');
    const control = this.core.controlOf(desk.pbx);
    if (phoneState(desk) === 'unavailable')
      throw new Refusal(
        'pbx-refused',
        'Your phone is not registered with Asterisk: look at the phone first.',
      );
    await control.dial({ device: phoneToDial(desk), agent, number });
  }

  async hangUp(agent: string, callId: string): Promise<void> {
    const { card, control, channel } = this.reach(agent, callId, ['ringing', 'talking', 'held']);
    // All phones of the agent that ring for this call.
    const others = card.also.flatMap((leg) => leg.channel ?? []);
    await Promise.all([channel, ...others].map((one) => control.hangUp(one)));
  }

  async transfer(agent: string, callId: string, order: { kind: 'blind' | 'attended'; to: string }) {
    const { card, control, channel } = this.reach(agent, callId, ['talking', 'held']);
    if (card.consulting !== null || card.consultation)
      throw new Refusal('conflict', 'A colleague is being asked already: end that first.');
    if (order.to === agent) throw wrongField('to', 'is your own phone');
    if (order.kind === 'blind') {
      await control.blindTransfer(channel, order.to);
      return;
    }
    await control.attendedTransfer(channel, order.to);
    await this.core.tell({ type: 'consulting', agent, callId, to: order.to });
  }

  async consultation(agent: string, callId: string, what: 'complete' | 'cancel'): Promise<void> {
    const { card, control, channel } = this.reach(agent, callId, ['talking', 'held']);
    if (card.consulting === null) throw new Refusal('conflict', 'Nobody is being asked about this call now.');
    if (what === 'complete') {
      await control.completeAttended(channel);
      return;
    }
    await control.cancelAttended(channel);
    await this.core.tell({ type: 'consulting', agent, callId, to: null });
  }

  /** @param said.addNumber the number of the call becomes one of the customer's */
  async pick(
    agent: string,
    callId: string,
    said: { customerId: string; addNumber?: boolean | undefined },
    reader: Reader,
  ): Promise<void> {
    const { customerId, addNumber = false } = said;
    this.cardOf(agent, callId);
    // Who is on a card is seen whole: without measure one card would show all customers, one after the other.
    this.deps.openPerson(reader, customerId);
    const number = addNumber ? (this.desks.calls.get(callId)?.lookUp.number ?? null) : null;
    const isNew = number !== null && (await this.deps.customers.addPhone(customerId, number));
    const customer = await this.deps.customers.get(customerId);
    if (customer === null) throw new Refusal('not-found', `There is no customer ${customerId}.`);
    const added = isNew ? { customerId, number } : null;
    await this.core.tell({ type: 'picked', callId, customer, by: agent, added });
  }

  /** Takes back who was said to be calling. */
  async unpick(agent: string, callId: string): Promise<void> {
    this.cardOf(agent, callId);
    await this.core.tell({ type: 'unpicked', callId, by: agent });
  }

  async lookUpAgain(agent: string, callId: string): Promise<void> {
    this.cardOf(agent, callId);
    await this.core.tell({ type: 'look-up-again', callId });
  }

  /** The pages of the history after the one on the card. */
  async timeline(
    agent: string,
    callId: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<TimelineResult> {
    this.cardOf(agent, callId);
    const ctx = this.desks.calls.get(callId);
    const whose = ctx === undefined ? null : whoseHistory(ctx);
    if (whose === null) return noHistory;
    return this.deps.interactions.timeline({ ...whose, except: callId, ...page });
  }

  /** An older draft than the kept one is thrown away silently: the newer one holds it. */
  async draft(agent: string, callId: string, sent: WrapUpDraft): Promise<void> {
    const card = this.deskOf(agent).cards.find((candidate) => candidate.callId === callId);
    const settled = this.desks.settled.get(draftKey(agent, callId));
    requireChoices(this.deps.choices(), sent);
    const known = card?.draft.revision ?? settled?.revision ?? 0;
    if (sent.revision > known + furthestAhead)
      throw wrongField('revision', `is more than ${furthestAhead} ahead of the kept one`);
    if (card === undefined && (settled === undefined || !amendable(settled, sent.revision)))
      throw new Refusal('not-found', 'The form of this call is closed: what was saved stands.');
    if (card !== undefined && judgeDraft(card.draft, sent) === 'clash')
      throw new Refusal(
        'conflict',
        `Another device wrote something else as revision ${sent.revision}: go on from what it wrote, with the next revision.`,
      );
    await this.core.tell({ type: 'draft', agent, callId, draft: sent });
  }

  async wrapUp(agent: string, callId: string, said: Omit<WrapUpDraft, 'revision'>): Promise<void> {
    const card = this.deskOf(agent).cards.find((candidate) => candidate.callId === callId);
    // The limit was a moment quicker than the agent's key: the word counts all the same.
    const late = card === undefined && this.desks.settled.has(draftKey(agent, callId));
    if (card === undefined && !late) this.cardOf(agent, callId);
    if (card !== undefined && !['wrap-up', 'unfinished', 'missed', 'unanswered'].includes(card.phase))
      throw new Refusal('conflict', 'The call is not over yet. What you wrote is kept as a draft.');
    // What was archived while the form was open may still be said.
    requireChoices(this.deps.choices(), said);
    await this.core.tell({ type: 'wrapped-up', agent, callId, wrapUp: said });
  }

  /** Somebody writes in the form, or asks for more time: it does not close under their hands. */
  async stay(agent: string, callId: string, why: 'writing' | 'more-time'): Promise<void> {
    this.cardOf(agent, callId);
    await this.core.tell({ type: why, agent, callId });
  }

  async close(agent: string, callId: string): Promise<void> {
    const { phase } = this.cardOf(agent, callId);
    if (phase !== 'missed' && phase !== 'unanswered')
      throw new Refusal(
        'conflict',
        'Only a call that was not taken can be put away; a wrap-up is ended by saving it.',
      );
    await this.core.tell({ type: 'closed', agent, callId });
  }

  private deskOf(agent: string): AgentDesk {
    const desk = this.desks.agents.get(agent);
    if (desk === undefined) throw new Refusal('forbidden', 'This user has no desk: no phone is set for it.');
    return desk;
  }

  private cardOf(agent: string, callId: string): DeskCard {
    const card = this.deskOf(agent).cards.find((candidate) => candidate.callId === callId);
    if (card === undefined)
      throw new Refusal('not-found', 'This call is not on your desk any more: it was put away or is over.');
    return card;
  }

  /** The card's channel and the hands of its PBX. */
  private reach(agent: string, callId: string, phases: readonly DeskCard['phase'][]) {
    const card = this.cardOf(agent, callId);
    if (!phases.includes(card.phase))
      throw new Refusal('conflict', `That is not possible now: the call is in the phase '${card.phase}'.`);
    const control = this.core.controlOf(this.desks.calls.get(callId)?.pbx ?? null);
    if (card.channel === null)
      throw new Refusal('conflict', 'The channel of this call is not known, so use the phone itself.');
    return { card, control, channel: card.channel };
  }
}

/** What the queues know the agent by; of who is in no queue, the phones. */
function interfacesOf(desk: AgentDesk): Iterable<string> {
  const members = [...desk.memberships.values()].map(({ device }) => device);
  return members.length > 0 ? new Set(members) : phonesOf(desk);
}

/** The agent's phones in the house, as the PBX knows them at which they are. */
function phonesOf({ agent: { devices }, pbx }: AgentDesk): string[] {
  return devices.filter(isOfHouse).flatMap((device) => deviceAt(device, pbx) ?? []);
}

/** The first phone of which the PBX does not say that it is not there. */
function phoneToDial(desk: AgentDesk): string {
  const devices = phonesOf(desk);
  const device = devices.find((one) => desk.phones.get(one) !== 'unavailable') ?? devices[0];
  if (device === undefined) throw new Refusal('forbidden', 'This user has no phone to dial from.');
  return device;
}

/** @throws Refusal `bad-input` when the disposition or the reason is none that there is to choose */
function requireChoices(
  { dispositions, reasons }: DeskSettings,
  said: Pick<WrapUpDraft, 'disposition' | 'reason'>,
): void {
  if (said.disposition !== null && !dispositions.some(({ id }) => id === said.disposition))
    throw wrongField('disposition', 'is not one of the dispositions');
  if (said.reason !== null && !isReason(reasons, said.reason))
    throw wrongField('reason', 'is not in the tree of reasons');
}

function wrongField(path: string, message: string): Refusal {
  return new Refusal('bad-input', `'${path}' ${message}.`, { fields: [{ path, message }] });
}
