import { changeTopics } from '@ringdesk/shared/live';
import type { EventLog } from '../events/index.ts';
import type { Topics } from './topics.ts';

/** Tells open pages what was changed, by whomever and however: they read it again. */
export function announceChanges(events: EventLog, topics: Topics): void {
  const publish = new Map(
    Object.entries(changeTopics).map(([kind, topic]) => [kind, topics.serve(topic, () => null)]),
  );
  events.consume({
    name: 'open-pages',
    place: 'process',
    entities: Object.keys(changeTopics),
    run: ({ entity, type }) => publish.get(entity.kind)?.({ id: entity.id, type }),
  });
}
