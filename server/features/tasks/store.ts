import type { Task } from '@ringdesk/shared/task';
import type { Filter } from 'mongodb';
import { changesBetween, eventOf, type WithEvents } from '../../platform/events/index.ts';
import type { Store } from '../../platform/store/index.ts';

/** A task as the database keeps it. */
export interface TaskRecord extends WithEvents {
  _id: string;
  title: string;
  note: string | null;
  state: Task['state'];
  dueAt: Date | null;
  /** What open tasks are ordered by: those without a due date come last. */
  order: Date;
  repeat: Task['repeat'];
  ownerId: string;
  customerId: string | null;
  interactionId: string | null;
  createdAt: Date;
  updatedAt: Date;
  doneAt: Date | null;
}

export const tasksName = 'tasks';
export const never = new Date('9999-12-31T00:00:00Z');

export class TaskStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.index(tasksName, [
      { key: { ownerId: 1, state: 1, order: 1, _id: 1 }, name: 'owner' },
      { key: { state: 1, order: 1, _id: 1 }, name: 'order' },
      { key: { customerId: 1, state: 1 }, name: 'customer' },
    ]);
  }

  find(id: string, scope: Filter<TaskRecord>): Promise<TaskRecord | null> {
    return this.#collection().findOne({ $and: [{ _id: id }, scope] });
  }

  /** @returns one more than `limit` when there is another page */
  list(filter: Filter<TaskRecord>, state: Task['state'], limit: number): Promise<TaskRecord[]> {
    const direction = state === 'open' ? 1 : -1;
    return this.#collection()
      .find(filter)
      .sort({ order: direction, _id: direction })
      .limit(limit + 1)
      .toArray();
  }

  async insert(record: TaskRecord): Promise<void> {
    await this.#collection().insertOne({ ...record, events: [eventBetween(null, record)] });
  }

  /** @returns false when somebody else changed it meanwhile: nothing is written then */
  async replace(before: TaskRecord, after: TaskRecord): Promise<boolean> {
    const { _id, events: _waiting, ...fields } = after;
    const { matchedCount } = await this.#collection().updateOne(
      { _id, updatedAt: before.updatedAt },
      { $set: fields, $push: { events: eventBetween(before, after) } },
    );
    return matchedCount === 1;
  }

  #collection() {
    return this.#store.collection<TaskRecord>(tasksName);
  }
}

function eventBetween(before: TaskRecord | null, after: TaskRecord) {
  const shown = ({ title, note, state, dueAt, repeat, ownerId, customerId }: TaskRecord) => ({
    title,
    note,
    state,
    dueAt,
    repeat,
    ownerId,
    customerId,
  });
  return eventOf({
    type: before === null ? 'task.created' : 'task.changed',
    entity: { kind: 'task', id: after._id },
    at: after.updatedAt,
    version: after.updatedAt.getTime(),
    changes: changesBetween(before === null ? null : shown(before), shown(after)),
  });
}
