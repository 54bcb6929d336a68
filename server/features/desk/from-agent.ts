import { cardOf } from './card-phases.ts';
import { keepNext } from './card-records.ts';
import { onChosen, onChosenNext } from './pause.ts';
import { amend, dropCard, settle } from './settle.ts';
import { type AgentDesk, type DeskInput, type Desks, iso, type Outcome } from './state.ts';
import { onDraft, onMoreTime, onWriting } from './wrap-up.ts';

/** What agents do at their desks. The edge has checked that they may. */

type AgentInput = Extract<DeskInput, { agent: string }>;

export function onAgentInput(desks: Desks, desk: AgentDesk, input: AgentInput, out: Outcome): void {
  if (input.type === 'chosen') {
    const { next } = desk;
    onChosen(desk, input.chosen, out);
    if (next !== null) keepNext(desks, desk, out);
    return;
  }
  if (input.type === 'chosen-next') {
    onChosenNext(desk, input.chosen, out);
    keepNext(desks, desk, out);
    return;
  }
  if (input.type === 'present') {
    desk.awaySince = input.present ? null : out.now;
    return;
  }
  if (input.type === 'pause-answered') {
    if (desk.pauseFailed === input.failed) return;
    desk.pauseFailed = input.failed;
    out.changed.add(input.agent);
    return;
  }
  const ctx = desks.calls.get(input.callId);
  const card = cardOf(desk, input.callId);
  if (ctx === undefined || card === undefined) {
    if (input.type === 'draft') amend(desks, input.agent, input.callId, input.draft, out);
    if (input.type === 'wrapped-up')
      amend(desks, input.agent, input.callId, { ...input.wrapUp, revision: null }, out);
    return;
  }
  if (input.type === 'writing') {
    onWriting(card, out);
    return;
  }
  out.changed.add(input.agent);
  switch (input.type) {
    case 'draft':
      onDraft(desks, ctx, desk, card, input.draft, out);
      break;
    case 'wrapped-up':
      card.draft = { ...input.wrapUp, revision: card.draft.revision + 1 };
      settle(desks, ctx, desk, card, { byLimit: false }, out);
      break;
    case 'closed':
      dropCard(desks, ctx, desk, card, out);
      break;
    case 'more-time':
      onMoreTime(ctx, desk, card, out);
      break;
    case 'consulting':
      card.consulting = input.to === null ? null : { to: input.to, since: iso(out.now), answeredAt: null };
  }
}
