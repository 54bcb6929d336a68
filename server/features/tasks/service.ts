import { randomUUID } from 'node:crypto';
import type { Task, TaskInput } from '@ringdesk/shared/task';
import type { Filter } from 'mongodb';
import { z } from 'zod';
import { type Member, scopeFilter, usersWithin } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { defineJob, type Jobs } from '../../platform/jobs/index.ts';
import type { Notifications } from '../notifications/index.ts';
import { nextDue, stillDue } from './rules.ts';
import { never, type TaskRecord, type TaskStore } from './store.ts';

export interface TasksOptions {
  store: TaskStore;
  jobs: Jobs;
  notifications: Pick<Notifications, 'tell'>;
  /** Null for somebody who is not there, or not any more. */
  nameOf(userId: string): Promise<string | null>;
  now(): Date;
}

const reminder = z.object({ taskId: z.string(), dueAt: z.string() });
const farAhead = 365 * 86_400_000;

/** Tasks: everybody sees, and gives to, those whom the scope of `tasks.use` reaches. All of it throws Refusal. */
export class Tasks {
  readonly #o: TasksOptions;
  readonly #remind;

  constructor(options: TasksOptions) {
    this.#o = options;
    this.#remind = defineJob({
      name: 'tasks.remind',
      payload: reminder,
      run: (payload) => this.#remindOf(payload),
    });
    options.jobs.register(this.#remind);
  }

  async list(
    user: Member,
    query: {
      state: Task['state'];
      ownerId?: string | undefined;
      customerId?: string | undefined;
      dueFrom?: string | undefined;
      dueBefore?: string | undefined;
      cursor?: string | undefined;
      limit: number;
    },
  ): Promise<{ tasks: Task[]; next: string | null }> {
    const { state, ownerId, customerId, dueFrom, dueBefore, cursor, limit } = query;
    const filter: Filter<TaskRecord> = {
      $and: [
        seenBy(user),
        { state },
        ownerId === undefined ? {} : { ownerId },
        customerId === undefined ? {} : { customerId },
        dueFrom === undefined ? {} : { dueAt: { $gte: new Date(dueFrom) } },
        dueBefore === undefined ? {} : { dueAt: { $lt: new Date(dueBefore) } },
        cursor === undefined ? {} : after(cursor, state),
      ],
    };
    const found = await this.#o.store.list(filter, state, limit);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next =
      found.length > limit && last !== undefined ? `${last.order.toISOString()} ${last._id}` : null;
    return { tasks: await Promise.all(page.map((record) => this.#shown(record))), next };
  }

  async read(user: Member, id: string): Promise<Task> {
    return this.#shown(await this.#existing(user, id));
  }

  /** Whether somebody may see a task. */
  async maySee(user: Member, id: string): Promise<boolean> {
    return (await this.#o.store.find(id, seenBy(user))) !== null;
  }

  async create(user: Member, input: TaskInput): Promise<Task> {
    const now = this.#o.now();
    const ownerId = await this.#ownerOf(user, input);
    const record: TaskRecord = {
      _id: randomUUID(),
      ...fieldsOf(input),
      state: 'open',
      ownerId,
      createdAt: now,
      updatedAt: now,
      doneAt: null,
    };
    await this.#o.store.insert(record);
    return this.#kept(record);
  }

  async update(user: Member, id: string, input: TaskInput & { basedOn?: string | undefined }): Promise<Task> {
    const before = await this.#existing(user, id);
    if (input.basedOn !== undefined && before.updatedAt.getTime() !== Date.parse(input.basedOn))
      throw changed(id);
    const ownerId = await this.#ownerOf(user, { ...input, ownerId: input.ownerId ?? before.ownerId });
    const after = { ...before, ...fieldsOf(input), ownerId, updatedAt: this.#laterThan(before) };
    return this.#replace(before, { ...after, order: orderOf(after) });
  }

  async setState(user: Member, id: string, state: Task['state']): Promise<Task> {
    const before = await this.#existing(user, id);
    if (before.state === state) return this.#shown(before);
    const updatedAt = this.#laterThan(before);
    const repeats = state === 'done' && before.repeat !== null && before.dueAt !== null;
    // A repeated task is one task that comes again, so that its history stays in one place.
    const after: TaskRecord = repeats
      ? {
          ...before,
          dueAt: nextDue(before.repeat ?? 'daily', before.dueAt ?? updatedAt, updatedAt),
          updatedAt,
        }
      : { ...before, state, updatedAt, doneAt: state === 'done' ? updatedAt : null };
    return this.#replace(before, { ...after, order: orderOf(after) });
  }

  async #replace(before: TaskRecord, after: TaskRecord): Promise<Task> {
    if (!(await this.#o.store.replace(before, after))) throw changed(before._id);
    return this.#kept(after);
  }

  /** What follows from a task that was written: its reminder. */
  async #kept(record: TaskRecord): Promise<Task> {
    const { dueAt, state, _id } = record;
    if (dueAt !== null && state === 'open' && dueAt.getTime() - this.#o.now().getTime() < farAhead) {
      const payload = { taskId: _id, dueAt: dueAt.toISOString() };
      await this.#o.jobs.later(this.#remind, payload, { at: dueAt, key: `${_id} ${payload.dueAt}` });
    }
    return this.#shown(record);
  }

  async #remindOf({ taskId, dueAt }: z.infer<typeof reminder>): Promise<void> {
    const record = await this.#o.store.find(taskId, {});
    if (
      record === null ||
      !stillDue({ state: record.state, dueAt: record.dueAt?.toISOString() ?? null }, dueAt)
    )
      return;
    await this.#o.notifications.tell({
      userId: record.ownerId,
      weight: 'now',
      kind: 'task-due',
      params: { title: record.title },
      link: '/tasks',
      key: `task ${taskId} ${dueAt}`,
    });
  }

  async #existing(user: Member, id: string): Promise<TaskRecord> {
    const record = await this.#o.store.find(id, seenBy(user));
    if (record === null) throw new Refusal('not-found', `There is no task ${id} that you may see.`);
    return record;
  }

  async #ownerOf(user: Member, { ownerId = user.id }: { ownerId?: string | undefined }): Promise<string> {
    const within = usersWithin(user, 'tasks.use');
    if (within !== 'all' && !within.includes(ownerId))
      throw new Refusal(
        'forbidden',
        'You may give tasks to yourself and the people of your reach alone. Ask a supervisor to give it to somebody else.',
      );
    if ((await this.#o.nameOf(ownerId)) !== null) return ownerId;
    throw new Refusal('bad-input', "'ownerId' is nobody who works here.", {
      fields: [{ path: 'ownerId', message: 'is nobody who works here' }],
    });
  }

  async #shown(record: TaskRecord): Promise<Task> {
    const {
      _id,
      order: _order,
      events: _events,
      ownerId,
      dueAt,
      createdAt,
      updatedAt,
      doneAt,
      ...fields
    } = record;
    return {
      id: _id,
      ...fields,
      owner: { id: ownerId, name: (await this.#o.nameOf(ownerId)) ?? ownerId },
      dueAt: dueAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
    };
  }

  #laterThan({ updatedAt }: TaskRecord): Date {
    return new Date(Math.max(this.#o.now().getTime(), updatedAt.getTime() + 1));
  }
}

function seenBy(user: Member): Filter<TaskRecord> {
  return scopeFilter(usersWithin(user, 'tasks.use'), 'ownerId');
}

function fieldsOf({ title, note, dueAt, repeat, customerId, interactionId }: TaskInput) {
  const due = dueAt === null ? null : new Date(dueAt);
  if (repeat !== null && due === null)
    throw new Refusal('bad-input', "A task that repeats needs a 'dueAt': it comes again from there.", {
      fields: [{ path: 'dueAt', message: 'is needed for a task that repeats' }],
    });
  return {
    title,
    note: note === '' ? null : note,
    dueAt: due,
    order: due ?? never,
    repeat,
    customerId,
    interactionId,
  };
}

function orderOf({ state, dueAt, doneAt }: Pick<TaskRecord, 'state' | 'dueAt' | 'doneAt'>): Date {
  return (state === 'done' ? doneAt : dueAt) ?? never;
}

/** What comes after the last one of a page. @throws Refusal `bad-input` */
function after(cursor: string, state: Task['state']): Filter<TaskRecord> {
  const [time = '', id = ''] = cursor.split(' ');
  const order = new Date(time);
  if (Number.isNaN(order.getTime()) || id === '')
    throw new Refusal('bad-input', "Invalid cursor. Pass 'next' from the previous page unchanged.");
  const beyond = state === 'open' ? { $gt: order } : { $lt: order };
  const beyondId = state === 'open' ? { $gt: id } : { $lt: id };
  return { $or: [{ order: beyond }, { order, _id: beyondId }] };
}

function changed(id: string): Refusal {
  return new Refusal(
    'changed-meanwhile',
    `Task ${id} was changed by somebody else: read it again, and put your changes onto it.`,
  );
}
