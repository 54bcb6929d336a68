import { MongoStore } from 'connect-mongo';
import type session from 'express-session';
import type { MongoClient } from 'mongodb';
import type { Store } from '../store/index.ts';

const name = 'sessions';

export interface SessionDocument {
  _id: string;
  session: Partial<session.SessionData>;
  expires: Date;
}

/** The sessions in the database, with their indexes. */
export class SessionDocuments {
  private readonly store: Store;
  private readonly ttlMs: number;
  private readonly now: () => number;
  private opened: { client: MongoClient; sessions: session.Store } | null = null;

  /** @param ttlMs how long a session lives after its last request @param now ms since the epoch */
  constructor(store: Store, ttlMs: number, now: () => number) {
    this.store = store;
    this.ttlMs = ttlMs;
    this.now = now;
    store.index(name, [
      { key: { expires: 1 }, name: 'expires', expireAfterSeconds: 0 },
      { key: { 'session.userId': 1 }, name: 'user', sparse: true },
    ]);
  }

  /** The store of `connect-mongo` on the present connection; null while the database is away. */
  sessions(): session.Store | null {
    if (this.store.state() !== 'up') return null;
    const client = this.store.connection.getClient();
    if (this.opened?.client !== client) {
      const sessions = MongoStore.create({
        client,
        dbName: this.store.connection.name,
        collectionName: name,
        ttl: this.ttlMs / 1000,
        // The index that removes old sessions is declared above: made here it would fail for ever after a first failure.
        autoRemove: 'disabled',
        // As an object, so that the sessions of one user can be found; earlier releases stored text.
        serialize: (data) => JSON.parse(JSON.stringify(data)),
        unserialize: (stored) => (typeof stored === 'string' ? JSON.parse(stored) : stored),
      });
      this.opened = { client, sessions };
    }
    return this.opened.sessions;
  }

  /** Which of these sessions have not expired. @throws Refusal `store-unavailable` */
  async living(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.store
      .collection<SessionDocument>(name)
      .find({ _id: { $in: [...ids] }, expires: { $gt: new Date(this.now()) } }, { projection: { _id: 1 } })
      .toArray();
    return new Set(found.map(({ _id }) => _id));
  }

  /** The sessions of a user that have not expired. @throws Refusal `store-unavailable` */
  livingOf(userId: string): Promise<SessionDocument[]> {
    return this.store
      .collection<SessionDocument>(name)
      .find({ 'session.userId': userId, expires: { $gt: new Date(this.now()) } })
      .toArray();
  }
}
