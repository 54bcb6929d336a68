import { randomUUID } from 'node:crypto';
import type { Topic, TopicMessage, TopicRequest } from '@ringdesk/shared/live';
import type { Permission } from '@ringdesk/shared/permission';
import type { z } from 'zod';
import type { Log } from '../log.ts';

/** Somebody at the other end of a link, whatever the link is. */
export interface Subscriber {
  may(permission: Permission): boolean;
  /** False: the link is behind, and the message was not taken. It then gets a snapshot when it has caught up. */
  send(message: TopicMessage): boolean;
}

interface Served {
  topic: Topic;
  snapshot(): unknown;
  seq: number;
  subscribers: Set<Subscriber>;
  /** Those who missed something, and are not told deltas until they have a snapshot again. */
  behind: Set<Subscriber>;
}

function mayHear(subscriber: Subscriber, { permission }: Topic): boolean {
  return permission === 'session' || subscriber.may(permission);
}

/** ms after which those who were behind are given a snapshot. */
const catchUpMs = 1000;

/** All live topics of this server. It knows no socket: the page's link and the plain feed both subscribe here. */
export class Topics {
  readonly #epoch = randomUUID();
  readonly #log: Log;
  readonly #served = new Map<string, Served>();
  readonly #catchUp: NodeJS.Timeout;

  constructor({ log }: { log: Log }) {
    this.#log = log;
    this.#catchUp = setInterval(() => this.catchUp(), catchUpMs);
    this.#catchUp.unref();
  }

  /**
   * Serves a topic.
   * @param snapshot what a new subscriber gets; it must be as of now, with all deltas that were published
   * @returns publishes a delta to all subscribers
   */
  serve<S extends z.ZodType, D extends z.ZodType>(
    topic: Topic<S, D>,
    snapshot: () => z.input<S>,
  ): (delta: z.input<D>) => void {
    if (this.#served.has(topic.name)) throw new Error(`Two features serve the topic ${topic.name}`);
    const served: Served = { topic, snapshot, seq: 0, subscribers: new Set(), behind: new Set() };
    this.#served.set(topic.name, served);
    return (delta) => this.#publish(served, delta);
  }

  /** Does what a subscriber asks, and answers it. */
  handle(subscriber: Subscriber, request: TopicRequest): void {
    const served = this.#served.get(request.topic);
    if (request.do === 'unsubscribe') {
      served?.subscribers.delete(subscriber);
      served?.behind.delete(subscriber);
      return;
    }
    const why = served === undefined ? 'unknown' : mayHear(subscriber, served.topic) ? null : 'forbidden';
    if (served === undefined || why !== null) {
      subscriber.send({ kind: 'refused', topic: request.topic, why: why ?? 'unknown' });
      return;
    }
    served.subscribers.add(subscriber);
    this.#sendSnapshot(served, subscriber);
  }

  /** The link is gone, or somebody may less than before. */
  forget(subscriber: Subscriber): void {
    for (const { subscribers, behind } of this.#served.values()) {
      subscribers.delete(subscriber);
      behind.delete(subscriber);
    }
  }

  /** Gives a snapshot to those who were behind. */
  catchUp(): void {
    for (const served of this.#served.values())
      for (const subscriber of served.behind) this.#sendSnapshot(served, subscriber);
  }

  close(): void {
    clearInterval(this.#catchUp);
    this.#served.clear();
  }

  #publish(served: Served, data: unknown): void {
    served.seq += 1;
    const message = this.#message(served, 'delta', data);
    for (const subscriber of served.subscribers)
      if (!served.behind.has(subscriber) && !subscriber.send(message)) served.behind.add(subscriber);
  }

  #sendSnapshot(served: Served, subscriber: Subscriber): void {
    let data: unknown;
    try {
      data = served.snapshot();
    } catch (error) {
      this.#log.error({ err: error, topic: served.topic.name }, 'A snapshot could not be made');
      served.subscribers.delete(subscriber);
      subscriber.send({ kind: 'refused', topic: served.topic.name, why: 'unavailable' });
      return;
    }
    if (subscriber.send(this.#message(served, 'snapshot', data))) served.behind.delete(subscriber);
    else served.behind.add(subscriber);
  }

  #message({ topic, seq }: Served, kind: 'snapshot' | 'delta', data: unknown): TopicMessage {
    return { kind, topic: topic.name, epoch: this.#epoch, seq, data };
  }
}
