import { z } from 'zod';
import type { Permission } from './permission.ts';

/**
 * A live topic: whoever may, subscribes, gets a snapshot and then numbered deltas. A number that is missing means that something was missed:
 * subscribe again. The number starts anew, and the epoch changes, when the server restarts.
 */
export interface Topic<S extends z.ZodType = z.ZodType, D extends z.ZodType = z.ZodType> {
  name: string;
  permission: Permission | 'session';
  snapshot: S;
  delta: D;
}

/** Declares a topic, with the types of its snapshot and its delta. */
export function topic<S extends z.ZodType, D extends z.ZodType>(given: Topic<S, D>): Topic<S, D> {
  return given;
}

/** Something of this kind was changed: whoever shows it reads it again. Nothing of what changed is told here. */
const changed = z.object({ id: z.string(), type: z.string() });

/** By the kind of entity in the event log. A new entity adds its line here, and pages of it are fresh. */
export const changeTopics = {
  customer: topic({
    name: 'changes/customer',
    permission: 'customers.read',
    snapshot: z.null(),
    delta: changed,
  }),
  task: topic({ name: 'changes/task', permission: 'tasks.use', snapshot: z.null(), delta: changed }),
  user: topic({ name: 'changes/user', permission: 'users.read', snapshot: z.null(), delta: changed }),
  team: topic({ name: 'changes/team', permission: 'users.read', snapshot: z.null(), delta: changed }),
  /** What everybody may depends on it. */
  role: topic({ name: 'changes/role', permission: 'session', snapshot: z.null(), delta: changed }),
  token: topic({ name: 'changes/token', permission: 'tokens.manage', snapshot: z.null(), delta: changed }),
  /** The id is the subject's. */
  setting: topic({ name: 'changes/setting', permission: 'session', snapshot: z.null(), delta: changed }),
  /** The id is the queue's name. */
  'queue-setting': topic({
    name: 'changes/queue-setting',
    permission: 'session',
    snapshot: z.null(),
    delta: changed,
  }),
  /** The id is the person's: there is something new for them. */
  notification: topic({
    name: 'changes/notification',
    permission: 'session',
    snapshot: z.null(),
    delta: changed,
  }),
};
export type ChangeKind = keyof typeof changeTopics;

/** What is sent to a subscriber. */
export const topicMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('snapshot'),
    topic: z.string(),
    epoch: z.string(),
    seq: z.int(),
    data: z.unknown(),
  }),
  z.object({
    kind: z.literal('delta'),
    topic: z.string(),
    epoch: z.string(),
    seq: z.int(),
    data: z.unknown(),
  }),
  z.object({
    kind: z.literal('refused'),
    topic: z.string(),
    why: z.enum(['unknown', 'forbidden', 'unavailable']),
  }),
]);
export type TopicMessage = z.infer<typeof topicMessage>;

/** What a subscriber says, over a plain WebSocket too. */
export const topicRequest = z.object({
  do: z.enum(['subscribe', 'unsubscribe']),
  topic: z.string().min(1).max(100),
});
export type TopicRequest = z.infer<typeof topicRequest>;
