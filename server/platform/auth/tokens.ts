import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Grants } from '@ringdesk/shared/permission';
import { permission, scope } from '@ringdesk/shared/permission';
import type { ApiToken, TokenInput } from '@ringdesk/shared/token';
import { Refusal } from '../errors.ts';
import { eventOf, type WithEvents } from '../events/pending.ts';
import { createBucket } from '../limits/bucket.ts';
import type { Store } from '../store/index.ts';
import { exceeds, grantsOf, type Member } from './roles.ts';

/** The collection's documents carry events. */
export const tokensName = 'tokens';

interface Kept extends WithEvents {
  _id: string;
  name: string;
  /** `permission scope`, since names of permissions hold dots. */
  grants: string[];
  /** SHA-256 of the secret: it has 256 bits of chance, and needs no slow hash. */
  hash: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastAddress: string | null;
  revoked: boolean;
}

/** Use is noted so often, ms. */
const noteEveryMs = 60_000;
/** Secrets that are none, by address: a few at once, then one a second. */
const wrongOnes = { burst: 20, perMs: 1 / 1000 };

/** Keys of programs. All of it throws Refusal `store-unavailable` while the database is away. */
export class Tokens {
  readonly #store: Store;
  readonly #now: () => Date;
  readonly #wrong;

  constructor({ store, now = () => new Date() }: { store: Store; now?: () => Date }) {
    this.#store = store;
    this.#now = now;
    this.#wrong = createBucket(wrongOnes);
    store.index(tokensName, [{ key: { hash: 1 }, name: 'hash', unique: true }]);
  }

  /**
   * Whose a secret is.
   * @throws Refusal `not-logged-in`: it is none, was revoked or is over; `too-many-attempts`: too many were none from this address
   */
  async memberOf(secret: string, address: string): Promise<Member> {
    const found = await this.#collection().findOne({ hash: hashOf(secret) });
    if (found === null || !this.#isGood(found)) {
      const waitMs = this.#wrong.take(address);
      if (waitMs > 0)
        throw new Refusal('too-many-attempts', `Too many wrong tokens: wait ${Math.ceil(waitMs / 1000)} s.`);
      throw new Refusal('not-logged-in', 'This token is not known, was revoked, or is over. Make a new one.');
    }
    await this.#noteUse(found, address);
    return memberOf(found);
  }

  /** Whether a token may still be used. */
  async isGood(id: string): Promise<boolean> {
    const found = await this.#collection().findOne({ _id: id });
    return found !== null && this.#isGood(found);
  }

  async list(): Promise<ApiToken[]> {
    const found = await this.#collection().find({ revoked: false }).sort({ createdAt: -1 }).toArray();
    return found.map(shown);
  }

  /** @throws Refusal `forbidden`: it would hold more than its maker may; `bad-input` */
  async create(maker: Member, input: TokenInput): Promise<{ token: ApiToken; secret: string }> {
    if (exceeds(input.grants, grantsOf(maker)))
      throw new Refusal('forbidden', 'A token cannot hold more than you may yourself.');
    const createdAt = this.#now();
    const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
    if (expiresAt !== null && expiresAt <= createdAt)
      throw new Refusal('bad-input', 'A token cannot end before it begins.', {
        fields: [{ path: 'expiresAt', message: 'must be later than now' }],
      });
    const secret = `rd_${randomBytes(32).toString('base64url')}`;
    const token: Kept = {
      _id: randomUUID(),
      name: input.name,
      grants: listOf(input.grants),
      hash: hashOf(secret),
      createdBy: maker.name,
      createdAt,
      expiresAt,
      lastUsedAt: null,
      lastAddress: null,
      revoked: false,
    };
    const { name, grants } = token;
    await this.#collection().insertOne({
      ...token,
      events: [this.#event('created', token._id, 1, { name, grants, expiresAt })],
    });
    return { token: shown(token), secret };
  }

  /** @throws Refusal `not-found` */
  async revoke(id: string): Promise<void> {
    const { matchedCount } = await this.#collection().updateOne(
      { _id: id, revoked: false },
      { $set: { revoked: true }, $push: { events: this.#event('revoked', id, 2, { revoked: true }) } },
    );
    if (matchedCount === 0) throw new Refusal('not-found', 'There is no such token.');
  }

  #isGood({ revoked, expiresAt }: Kept): boolean {
    return !revoked && (expiresAt === null || expiresAt > this.#now());
  }

  async #noteUse({ _id, lastUsedAt, lastAddress }: Kept, address: string): Promise<void> {
    const now = this.#now();
    const isFresh = lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < noteEveryMs;
    if (isFresh && lastAddress === address) return;
    await this.#collection().updateOne({ _id }, { $set: { lastUsedAt: now, lastAddress: address } });
  }

  #event(happened: string, id: string, version: number, after: Record<string, unknown>) {
    const changes = Object.fromEntries(
      Object.entries(after).map(([field, value]) => [field, { before: null, after: value }]),
    );
    return eventOf({
      type: `token.${happened}`,
      entity: { kind: 'token', id },
      at: this.#now(),
      version,
      changes,
    });
  }

  #collection() {
    return this.#store.collection<Kept>(tokensName);
  }
}

/** The secret that a request brings: in its head, or, from a browser's WebSocket, as the second of its protocols. */
export function bearerOf({ headers }: IncomingMessage): string | null {
  const [, said] = /^Bearer +([\w-]{1,200})$/i.exec(headers.authorization ?? '') ?? [];
  return said ?? null;
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

function listOf(grants: Grants): string[] {
  return permission.options.flatMap((one) => (grants[one] === undefined ? [] : [`${one} ${grants[one]}`]));
}

function grantsIn(list: readonly string[]): Grants {
  const grants: Grants = {};
  for (const line of list) {
    const [name, reach] = line.split(' ');
    const [one, far] = [permission.safeParse(name), scope.safeParse(reach)];
    if (one.success && far.success) grants[one.data] = far.data;
  }
  return grants;
}

function memberOf({ _id: id, name, grants }: Kept): Member {
  return {
    id,
    login: `token:${name}`,
    name,
    role: 'integration',
    agent: null,
    device: null,
    locale: null,
    grants: grantsIn(grants),
    isToken: true,
  };
}

function shown({
  _id: id,
  name,
  grants,
  createdBy,
  createdAt,
  expiresAt,
  lastUsedAt,
  lastAddress,
}: Kept): ApiToken {
  return {
    id,
    name,
    grants: grantsIn(grants),
    createdBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    lastAddress,
  };
}
