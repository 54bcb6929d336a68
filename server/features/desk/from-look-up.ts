import {
  lookUp,
  onHistory,
  onIdentified,
  onLastContacts,
  onLookUpFailed,
  onPicked,
  onUnpicked,
} from './calls.ts';
import { keepPick } from './card-records.ts';
import type { CallContext, DeskInput, Desks, Outcome } from './state.ts';

/** Answers about a caller, from the customers and the interactions. */

type Answer = Extract<
  DeskInput,
  {
    type:
      | 'unpicked'
      | 'last-contacts'
      | 'identified'
      | 'look-up-failed'
      | 'look-up-again'
      | 'history'
      | 'picked';
  }
>;

export function onAnswer(desks: Desks, ctx: CallContext, input: Answer, out: Outcome): void {
  switch (input.type) {
    case 'identified':
      onIdentified(ctx, input.attempt, input.identification, out);
      break;
    case 'look-up-failed':
      onLookUpFailed(ctx, input.attempt, out);
      break;
    case 'history':
      onHistory(ctx, input, out);
      break;
    case 'picked':
      onPicked(ctx, input, out);
      keepPick(desks, ctx, out);
      break;
    case 'unpicked':
      onUnpicked(ctx, input.by, out);
      keepPick(desks, ctx, out);
      break;
    case 'last-contacts':
      onLastContacts(ctx, input.attempt, input.last, out);
      break;
    case 'look-up-again':
      if (!ctx.picked) lookUp(ctx, out, { visibly: true });
  }
}
