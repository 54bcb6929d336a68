import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const taskRepeat = z.enum(['daily', 'weekly', 'monthly']);
export const taskState = z.enum(['open', 'done']);

/** Something that somebody has to do: from a call, for a customer, or just so. */
export const task = z
  .object({
    id: z.string(),
    title: z.string(),
    note: z.string().nullable(),
    state: taskState,
    /** When it should be done; a reminder comes then. */
    dueAt: z.iso.datetime().nullable(),
    /** Done, it comes again so much later. */
    repeat: taskRepeat.nullable(),
    /** Whose it is: a user's id and name. */
    owner: z.object({ id: z.string(), name: z.string() }),
    customerId: z.string().nullable(),
    /** The call that it came from. */
    interactionId: z.string().nullable(),
    createdAt: z.iso.datetime(),
    /** Rises with every change: it is the task's version as well. */
    updatedAt: z.iso.datetime(),
    doneAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof task>;

export const taskInput = z.object({
  title: z.string().trim().min(1).max(200),
  note: z.string().trim().max(4000).nullable().default(null),
  dueAt: z.iso.datetime({ offset: true }).nullable().default(null),
  repeat: taskRepeat.nullable().default(null),
  /** Absent: your own. Somebody else's needs the scope team or all. */
  ownerId: z.string().min(1).max(60).optional(),
  customerId: z.string().min(1).max(60).nullable().default(null),
  interactionId: z.string().min(1).max(200).nullable().default(null),
});
export type TaskInput = z.infer<typeof taskInput>;

const one = z.object({ id: z.string().min(1).max(60) });
const example = { title: 'Send the quotation', dueAt: '2026-03-02T15:00:00Z' };

export const tasksApi = {
  list: endpoint({
    id: 'tasks.list',
    method: 'GET',
    path: '/tasks',
    permission: 'tasks.use',
    summary: 'Lists tasks, the one that is due first on top; done ones, the latest on top.',
    query: z.object({
      state: taskState.default('open'),
      ownerId: z.string().max(60).optional(),
      customerId: z.string().max(60).optional(),
      /** Only what is due from this moment on. */
      dueFrom: z.iso.datetime({ offset: true }).optional(),
      /** Only what is due before this moment: with now, what is overdue. */
      dueBefore: z.iso.datetime({ offset: true }).optional(),
      cursor: z.string().max(300).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({ tasks: z.array(task), next: z.string().nullable() }),
  }),
  read: endpoint({
    id: 'tasks.read',
    method: 'GET',
    path: '/tasks/:id',
    permission: 'tasks.use',
    summary: 'Reads one task.',
    params: one,
    answer: task,
  }),
  create: endpoint({
    id: 'tasks.create',
    method: 'POST',
    path: '/tasks',
    permission: 'tasks.use',
    summary: 'Creates a task.',
    body: taskInput,
    answer: task,
    status: 201,
    example,
  }),
  update: endpoint({
    id: 'tasks.update',
    method: 'PUT',
    path: '/tasks/:id',
    permission: 'tasks.use',
    summary: 'Replaces the fields of a task, unless somebody else changed it meanwhile.',
    params: one,
    body: taskInput.extend({ basedOn: z.iso.datetime().optional() }),
    answer: task,
    example,
  }),
  setState: endpoint({
    id: 'tasks.set-state',
    method: 'POST',
    path: '/tasks/:id/state',
    permission: 'tasks.use',
    summary: 'Says that a task is done, or open again. A repeated one comes again when it is done.',
    params: one,
    body: z.object({ state: taskState }),
    answer: task,
    example: { state: 'done' },
  }),
};
