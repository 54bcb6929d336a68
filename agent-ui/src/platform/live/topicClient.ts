import type { TopicMessage, TopicRequest } from '@ringdesk/shared/live';

export type Refused = Extract<TopicMessage, { kind: 'refused' }>['why'];

export interface TopicListener {
  /** All of it as it is now: the first time, and whenever something was missed. */
  snapshot(data: unknown): void;
  /** What follows on what was heard last. */
  delta(data: unknown): void;
  refused(why: Refused): void;
}

interface Listened {
  listeners: Set<TopicListener>;
  /** The message that was heard last; null until the snapshot that was asked for is there. */
  last: { epoch: string; seq: number } | null;
}

/**
 * The live topics of a page over one link, whatever the link is. A number that is missing, or another epoch, means that something was missed: the
 * topic is asked for again, and what comes before its snapshot is not told.
 */
export class TopicClient {
  readonly #ask: (request: TopicRequest) => void;
  readonly #topics = new Map<string, Listened>();

  /** @param ask says this to the server if the link stands; what it says while the link is down may be lost */
  constructor(ask: (request: TopicRequest) => void) {
    this.#ask = ask;
  }

  /** Listens to a topic from now on; the first that is told is a snapshot. @returns stops it */
  listen(topic: string, listener: TopicListener): () => void {
    const listened = this.#topics.get(topic) ?? { listeners: new Set(), last: null };
    this.#topics.set(topic, listened);
    listened.listeners.add(listener);
    this.#askAgain(topic, listened);
    return () => {
      listened.listeners.delete(listener);
      if (listened.listeners.size > 0 || this.#topics.get(topic) !== listened) return;
      this.#topics.delete(topic);
      this.#ask({ do: 'unsubscribe', topic });
    };
  }

  /** What the server sent. */
  receive(message: TopicMessage): void {
    const listened = this.#topics.get(message.topic);
    if (listened === undefined) return;
    if (message.kind === 'refused') {
      listened.last = null;
      for (const listener of listened.listeners) listener.refused(message.why);
      return;
    }
    const { epoch, seq, data } = message;
    if (message.kind === 'snapshot') {
      listened.last = { epoch, seq };
      for (const listener of listened.listeners) listener.snapshot(data);
      return;
    }
    const { last } = listened;
    if (last === null) return;
    if (epoch === last.epoch && seq <= last.seq) return;
    if (epoch !== last.epoch || seq !== last.seq + 1) {
      this.#askAgain(message.topic, listened);
      return;
    }
    last.seq = seq;
    for (const listener of listened.listeners) listener.delta(data);
  }

  /** The link stands (again): the server knows nothing of what was listened to before. */
  up(): void {
    for (const [topic, listened] of this.#topics) this.#askAgain(topic, listened);
  }

  #askAgain(topic: string, listened: Listened): void {
    listened.last = null;
    this.#ask({ do: 'subscribe', topic });
  }
}
