import { type KnownPhone, staffApi } from '@ringdesk/shared/staff';
import { implement, type Route } from '../../platform/api/index.ts';
import type { Audit } from '../../platform/audit/index.ts';
import type { Member, Sessions } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { createBucket } from '../../platform/limits/bucket.ts';
import { networkOf } from '../../platform/limits/network.ts';
import type { Staff } from './staff.ts';

export interface StaffRoutesOptions {
  staff: Staff;
  /** @throws Refusal `bad-input`, `forbidden` */
  mayGiveRole(giver: Member, role: string): Promise<void>;
  sessions: Pick<Sessions, 'endOthers'>;
  audit: Audit;
  /** The devices of all PBXs, as the calls see them now. */
  phones(): KnownPhone[];
}

/** Of one network: 30 at once, and one every two seconds. */
const linkTries = { burst: 30, perMs: 0.5 / 1000 };

/** What an administrator does with users, and what who is invited does with the link. */
export function staffRoutes({ staff, sessions, audit, phones, mayGiveRole }: StaffRoutesOptions): Route[] {
  const tries = createBucket(linkTries);
  /** Strangers try links: none is guessed, but each try is a question to the database. */
  function tryOnce(address = ''): void {
    if (tries.take(networkOf(address)) > 0)
      throw new Refusal(
        'too-many-attempts',
        'Too many links were tried from here. Wait a minute and try again.',
      );
  }

  return [
    implement(staffApi.phones, () => ({ phones: phones() })),
    implement(staffApi.list, async () => ({ users: await staff.list() })),
    implement(staffApi.invite, async ({ body, user }) => {
      await mayGiveRole(user, body.role);
      return staff.invite(body);
    }),
    implement(staffApi.reinvite, async ({ params: { id }, user }) => {
      // Whoever has the link can be that user.
      await mayGiveRole(user, (await staff.existing(id)).role);
      return staff.reinvite(id);
    }),
    implement(staffApi.change, async ({ params: { id }, body, user }) => {
      // Else nobody might be left who could undo it.
      if (id === user.id && (body.disabled === true || (body.role ?? user.role) !== user.role))
        throw new Refusal(
          'conflict',
          'Nobody shuts out or changes the own role: another administrator does.',
        );
      await mayGiveRole(user, (await staff.existing(id)).role);
      if (body.role !== undefined) await mayGiveRole(user, body.role);
      return staff.change(id, body);
    }),
    implement(staffApi.endSessions, async ({ params: { id }, user, request }) => {
      await staff.existing(id);
      await sessions.endOthers(request, id);
      audit({ who: user.id, what: 'sessions-ended', to: id, from: request.ip ?? null });
    }),
    implement(staffApi.look, async ({ body: { token }, request }) => {
      tryOnce(request.ip);
      const { login, name } = await staff.invited(token);
      return { login, name };
    }),
    implement(staffApi.accept, async ({ body: { token, password }, request }) => {
      tryOnce(request.ip);
      const user = await staff.accept(token, password);
      audit({ who: user.id, what: 'password-changed', to: user.login, from: request.ip ?? null });
    }),
  ];
}
