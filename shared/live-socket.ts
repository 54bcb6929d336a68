import type { DeskView } from './desk.ts';
import type { TopicMessage, TopicRequest } from './live.ts';

/** Socket.IO: what the server says to a device. */
export interface ServerToClient {
  desk: (view: DeskView) => void;
  /** The session ended (logout elsewhere, user removed): the page goes to the login. */
  bye: () => void;
  /** Of a topic that the page subscribed to. */
  topic: (message: TopicMessage) => void;
}
/** Socket.IO: a device asks for the whole view, e.g. after waking up. */
export interface ClientToServer {
  resync: () => void;
  /** The card of this call is on screen: `shownAfterMs` since the push arrived. Feeds the pop latency metric. */
  painted: (card: { callId: string; shownAfterMs: number }) => void;
  /** Subscribes to a live topic, or no more. */
  topic: (request: TopicRequest) => void;
}
