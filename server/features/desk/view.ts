import type { CallerFate, Card, DeskView } from '@ringdesk/shared/desk';
import { phoneState } from './agent-state.ts';
import { type AgentDesk, type CallContext, type DeskCard, type Desks, iso } from './state.ts';

/** What the agent's devices are shown. */

function linkOf(desks: Desks, pbx: string | null): DeskView['pbx'] {
  // A phone that was never seen belongs to whatever PBX there is.
  const link = pbx === null ? [...desks.links.values()][0] : desks.links.get(pbx);
  if (link === undefined) return { state: 'down', since: iso(0), message: null };
  const { state, since, message, warning } = link;
  return { state, since: iso(since), message, ...(warning === null ? {} : { warning }) };
}

export function viewOf(desks: Desks, desk: AgentDesk, epoch: string, now: number): DeskView {
  return {
    epoch,
    version: desk.version,
    now,
    agent: { ...desk.agent, devices: [...desk.agent.devices], ...desk.shown, next: desk.next },
    queues: queuesOf(desk),
    phone: phoneState(desk),
    pbx: linkOf(desks, desk.pbx),
    cards: desk.cards.flatMap((card) => {
      const ctx = desks.calls.get(card.callId);
      return ctx === undefined ? [] : [cardView(desks, ctx, desk, card)];
    }),
    pauseFailed: desk.pauseFailed,
  };
}

/** An agent with two phones in a queue is out of it when both are paused. */
function queuesOf(desk: AgentDesk): DeskView['queues'] {
  const paused = new Map<string, boolean>();
  for (const member of desk.memberships.values())
    paused.set(member.queue, member.paused && paused.get(member.queue) !== false);
  return [...paused]
    .map(([name, isPaused]) => ({ name, paused: isPaused }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function cardView(desks: Desks, ctx: CallContext, desk: AgentDesk, card: DeskCard): Card {
  const live = card.phase === 'ringing' || card.phase === 'talking' || card.phase === 'held';
  const reachable = live && card.channel !== null && linkOf(desks, ctx.pbx).state === 'up';
  return {
    callId: card.callId,
    leg: card.leg,
    phase: card.phase,
    direction: ctx.party?.direction ?? 'inbound',
    queue: card.queue,
    did: ctx.party?.did ?? null,
    ...callerOf(desks, ctx, desk),
    enteredQueueAt: card.enteredQueueAt,
    offeredAt: card.offeredAt,
    answeredAt: card.answeredAt,
    endedAt: card.endedAt,
    outcome: card.outcome,
    attempt: card.attempt,
    fate: fateView(desks, card.fate),
    rang: rangView(desks, card),
    heldSince: card.heldSince,
    consultation: card.consultation,
    match: ctx.match,
    timeline: ctx.history.interactions,
    contacts: { total: ctx.history.total, next: ctx.history.next },
    repeat: ctx.repeat,
    transferredFrom: giverView(desks, ctx, card),
    wrapUp: card.draft,
    wrapUpEndsAt: card.wrapUpEndsAt === null ? null : iso(card.wrapUpEndsAt),
    can: {
      hangUp: reachable,
      transfer: reachable && card.phase !== 'ringing' && !card.consultation && card.consulting === null,
    },
    consulting: card.consulting,
  };
}

function fateView(desks: Desks, fate: CallerFate | null): CallerFate | null {
  const by = fate?.by ?? null;
  return fate === null || by === null ? fate : { ...fate, by: desks.agents.get(by)?.agent.name ?? by };
}

function rangView(desks: Desks, { rang }: DeskCard): Card['rang'] {
  return rang === null ? null : { ...rang, fate: fateView(desks, rang.fate) ?? rang.fate };
}

type Caller = Pick<Card, 'number' | 'numberRaw' | 'presentation' | 'callerName'>;

/** Who is at the other end. A withheld number and name stay on the server; a colleague is shown by name. */
function callerOf(desks: Desks, ctx: CallContext, desk: AgentDesk): Caller {
  const { party } = ctx;
  if (party === null) return { number: null, numberRaw: null, presentation: 'unavailable', callerName: null };
  if (party.presentation === 'withheld')
    return { number: null, numberRaw: null, presentation: 'withheld', callerName: null };
  if (party.direction !== 'internal')
    return {
      number: party.number,
      numberRaw: party.numberRaw,
      presentation: party.presentation,
      callerName: party.name,
    };
  const colleague = colleagueOf(ctx, desk.agent.id);
  const name = colleague === null ? null : (desks.agents.get(colleague)?.agent.name ?? party.name);
  return { number: null, numberRaw: colleague, presentation: party.presentation, callerName: name };
}

/** Who dialled, else whose phone had a part in it; but not who has given the call away since. */
function colleagueOf({ party, legs, lastTransfer }: CallContext, me: string): string | null {
  const known = [party?.numberRaw ?? null, ...legs].filter((id) => id !== null && id !== me);
  return known.find((id) => id !== lastTransfer?.by) ?? known[0] ?? party?.numberRaw ?? null;
}

function giverView(desks: Desks, ctx: CallContext, card: DeskCard): Card['transferredFrom'] {
  if (card.handedBy === null) return null;
  const { agent, at } = card.handedBy;
  const written = ctx.notes.get(agent);
  return {
    agent,
    name: desks.agents.get(agent)?.agent.name ?? agent,
    note: written === undefined || written.note.trim() === '' ? null : written.note,
    reason: written?.reason ?? null,
    at,
  };
}
