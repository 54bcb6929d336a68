import { randomBytes } from 'node:crypto';
import { AmiError } from './error.ts';
import type { AmiMessage } from './message.ts';

/** The answer of one action: its response and, when it asked for a list, the items without the closing `EventList: Complete`. */
export interface AmiReply {
  response: AmiMessage;
  events: readonly AmiMessage[];
}

export interface ReplyOptions {
  /** Default: `timing.actionMs` of the session. Covers the whole answer, a list included. */
  timeoutMs?: number;
  /** The action asks for a list: an Error that only says that there is nothing to list (`No Contacts found`) is an empty list. */
  list?: boolean;
  /**
   * Called in the stream's order: after every event that Asterisk wrote before the end of the answer and before any that it wrote
   * later. The promise settles a moment later, when events behind the answer may have been handed out already.
   */
  onReply?(reply: AmiReply): void;
}

interface Waiting {
  action: string;
  options: ReplyOptions;
  response: AmiMessage | undefined;
  events: AmiMessage[];
  /** Nobody waits any more, but the rest of its list is still to come and is no live event. */
  abandoned: boolean;
  timer: NodeJS.Timeout;
  resolve(reply: AmiReply): void;
  reject(error: AmiError): void;
}

/**
 * The actions of one connection that wait for their answer, found by ActionID: random per connection, then a counter, so that an
 * answer of an earlier connection or of another client never fits. Nothing here is ever sent again (an Originate would dial twice).
 */
export class PendingActions {
  private readonly pbx: string;
  private readonly prefix = randomBytes(6).toString('hex');
  private readonly waiting = new Map<string, Waiting>();
  private counter = 0;
  private lists = 0;

  /** `pbx` names the PBX in error messages. */
  constructor(pbx: string) {
    this.pbx = pbx;
  }

  nextId(): string {
    this.counter += 1;
    return `${this.prefix}-${this.counter}`;
  }

  /** Whether a list is coming in, so that events with an ActionID have to be looked at. */
  get gathering(): boolean {
    return this.lists > 0;
  }

  /** Whether somebody still waits for an answer. */
  get busy(): boolean {
    for (const entry of this.waiting.values()) if (!entry.abandoned) return true;
    return false;
  }

  /** Waits for the answer to the action that is sent with this id. */
  add(id: string, action: string, options: ReplyOptions & { timeoutMs: number }): Promise<AmiReply> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.timeOut(id), options.timeoutMs);
      const events: AmiMessage[] = [];
      this.waiting.set(id, {
        action,
        options,
        response: undefined,
        events,
        abandoned: false,
        timer,
        resolve,
        reject,
      });
    });
  }

  /**
   * Looks whether a message belongs to an action. True: it was taken (or belongs to nobody any more); false: it is a live event.
   * OriginateResponse carries our ActionID and is a live event all the same: it comes long after the answer.
   */
  take(message: AmiMessage): boolean {
    if (message.event === undefined) {
      this.takeResponse(message);
      return true;
    }
    if (this.lists === 0) return false;
    const id = message.actionId;
    const entry = id === undefined ? undefined : this.waiting.get(id);
    if (id === undefined || entry?.response === undefined || message.event === 'OriginateResponse')
      return false;
    const part = message.get('EventList')?.toLowerCase();
    if (part === 'complete' || part === 'cancelled' || message.event === `${entry.action}Complete`) {
      this.lists -= 1;
      this.settle(id, entry, entry.response);
    } else if (!entry.abandoned) {
      entry.events.push(message);
    }
    return true;
  }

  /** The link is gone: everybody hears of it, in the order in which they asked. */
  closeAll(why: string): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    this.lists = 0;
    for (const entry of all) {
      clearTimeout(entry.timer);
      entry.reject(
        new AmiError(
          'closed',
          `PBX ${this.pbx}: the link was lost before ${entry.action} was answered, so whether it was done is not known, and it is not sent again (${why})`,
        ),
      );
    }
  }

  private takeResponse(message: AmiMessage): void {
    const id = message.actionId;
    const entry = id === undefined ? undefined : this.waiting.get(id);
    if (id === undefined || entry === undefined || entry.response !== undefined) return;
    const refused = message.response === 'Error';
    if (!refused && announcesList(message)) {
      entry.response = message;
      this.lists += 1;
    } else if (!refused || (entry.options.list === true && saysNoEntries(message))) {
      this.settle(id, entry, message);
    } else {
      this.waiting.delete(id);
      clearTimeout(entry.timer);
      const words = message.get('Message') ?? 'no reason given';
      entry.reject(
        new AmiError('refused', `PBX ${this.pbx} refused ${entry.action}: ${words.trim()}`, message),
      );
    }
  }

  private settle(id: string, entry: Waiting, response: AmiMessage): void {
    this.waiting.delete(id);
    clearTimeout(entry.timer);
    if (entry.abandoned) return;
    const reply = { response, events: entry.events };
    entry.options.onReply?.(reply);
    entry.resolve(reply);
  }

  private timeOut(id: string): void {
    const entry = this.waiting.get(id);
    if (entry === undefined) return;
    entry.abandoned = true;
    entry.events = [];
    entry.reject(
      new AmiError(
        'timeout',
        `PBX ${this.pbx} did not answer ${entry.action} within ${entry.options.timeoutMs ?? 0} ms: whether it was done is not known`,
      ),
    );
  }
}

/** Newer Asterisk says `EventList: start`, older only that something will follow. */
function announcesList(response: AmiMessage): boolean {
  return (
    response.get('EventList')?.toLowerCase() === 'start' || /will follow/i.test(response.get('Message') ?? '')
  );
}

/** Asterisk's ways to say that a list is empty: "No Contacts found", "No active conferences.", "No such ..." is not one of them. */
export function saysNoEntries(response: AmiMessage): boolean {
  return /^no (?!such\b).*(found|active|available|registrations)|^no active/i.test(
    response.get('Message') ?? '',
  );
}
