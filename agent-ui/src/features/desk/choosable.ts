import type { Card } from '@ringdesk/shared/desk';
import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import type { Reason } from '@ringdesk/shared/settings';

/** The results that a call can have: those of its queue, its direction and how it went. What was chosen before it was archived stays in sight. */
export function choosableDispositions(
  { dispositions, queues }: Pick<DeskSettings, 'dispositions' | 'queues'>,
  { queue, direction, attempt }: Pick<Card, 'queue' | 'direction' | 'attempt'>,
  chosen: string | null,
): DeskSettings['dispositions'] {
  const ofQueue = queues.find(({ name }) => name === queue)?.dispositions ?? null;
  const outcome = attempt ?? 'answered';
  return dispositions.filter(
    (one) =>
      one.id === chosen ||
      (!one.archived &&
        one.directions.includes(direction) &&
        one.outcomes.includes(outcome) &&
        (ofQueue === null || ofQueue.includes(one.id))),
  );
}

/** The tree without what is archived. */
export function choosableReasons(tree: readonly Reason[]): Reason[] {
  return tree
    .filter(({ archived }) => !archived)
    .map((reason) => ({ ...reason, children: choosableReasons(reason.children) }));
}
