import { type Actor, systemActor } from '@ringdesk/shared/event';
import type { RoleInput, TeamInput } from '@ringdesk/shared/team';
import type { User } from '@ringdesk/shared/user';
import type { Collection } from 'mongodb';
import { type KnownUser, userOf } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Register } from '../../platform/register/index.ts';
import { isStoreAway } from '../../platform/store/index.ts';
import { withTimeout } from '../../platform/store/with-timeout.ts';
import { membersOf } from './members.ts';
import type { UserDocument } from './user-document.ts';

/** How long users are taken from memory before they are read again (ms): a change by the command line shows after it. */
const freshMs = 2000;
/** How long the database may take to tell of users whom memory knows (ms). */
const patienceMs = 500;

export interface KnownUsersOptions {
  collection(): Collection<UserDocument>;
  /** The monotonic clock, ms */
  elapsed(): number;
  houseRoles: Pick<Register<RoleInput>, 'list'>;
  teams: Pick<Register<TeamInput>, 'list'>;
}

/** All users as memory knows them: at most some seconds old, and the last known ones while the database is away. */
export class KnownUsers {
  private readonly options: KnownUsersOptions;
  private demoAllowed = false;
  private known: ReadonlyMap<string, KnownUser> | null = null;
  private readAt = 0;
  private reading: Promise<ReadonlyMap<string, KnownUser>> | null = null;

  constructor(options: KnownUsersOptions) {
    this.options = options;
  }

  /** Somebody changed users, here or another way: they are read again. */
  forget(): void {
    this.known = null;
  }

  /** The simulator serves: the demo's users are let in until this process ends. */
  allowDemo(): void {
    this.demoAllowed = true;
    this.forget();
  }

  knownOf(document: UserDocument): KnownUser {
    return {
      id: document._id,
      login: document.login,
      name: document.name,
      role: document.role,
      agent: document.agent ?? null,
      device: document.device,
      locale: document.locale,
      credentials: document.credentials,
      disabled: document.disabled || (document.demo === true && !this.demoAllowed),
    };
  }

  /** @throws Refusal `store-unavailable` while the database is away and memory knows nobody */
  async all(): Promise<ReadonlyMap<string, KnownUser>> {
    const last = this.known;
    if (last !== null && this.options.elapsed() - this.readAt < freshMs) return last;
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    try {
      return last === null ? await this.reading : await withTimeout(this.reading, patienceMs, () => last);
    } catch (error) {
      const away = isStoreAway(error) || (error instanceof Refusal && error.code === 'store-unavailable');
      if (last !== null && away) return last;
      throw error;
    }
  }

  async find(id: string): Promise<KnownUser | null> {
    return (await this.all()).get(id) ?? null;
  }

  /** By login. */
  async list(): Promise<(User & { disabled: boolean })[]> {
    return [...(await this.all()).values()]
      .map((user) => ({ ...userOf(user), disabled: user.disabled }))
      .sort((one, other) => one.login.localeCompare(other.login));
  }

  /** Names by the agent's id in calls; what was last known while the database is away, at worst nothing. */
  async agentNames(): Promise<ReadonlyMap<string, string>> {
    const users = await this.all().catch(() => new Map<string, KnownUser>());
    const names = new Map<string, string>();
    for (const user of users.values()) if (user.agent !== null) names.set(user.agent, user.name);
    return names;
  }

  /** Who an agent is, by the id in calls; an id that is no user's stands for the server's own look-ups. Never fails. */
  async actorOf(agent: string): Promise<Actor> {
    const users = await this.all().catch(() => new Map<string, KnownUser>());
    for (const user of users.values())
      if (user.agent === agent) return { kind: 'user', id: user.id, name: user.name };
    return agent === 'identified' ? systemActor : { kind: 'user', id: null, name: agent };
  }

  private async read(): Promise<ReadonlyMap<string, KnownUser>> {
    const { collection, elapsed, houseRoles, teams } = this.options;
    const [documents, ...organisation] = await Promise.all([
      collection().find().toArray(),
      houseRoles.list(),
      teams.list(),
    ]);
    const known = membersOf(
      documents.map((document) => this.knownOf(document)),
      ...organisation,
    );
    this.known = known;
    this.readAt = elapsed();
    return known;
  }
}
