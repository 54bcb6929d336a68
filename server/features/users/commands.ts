import { role } from '@ringdesk/shared/user';
import { z } from 'zod';
import { parseInput } from '../../platform/api/input.ts';
import type { Staff } from './staff.ts';
import type { createUserStore } from './store.ts';

const login = z.string().min(1).max(200);
const password = z.string().max(1000);
const seat = z.string().max(500).nullable();

const person = z.object({
  login,
  name: z.string().max(1000),
  role,
  agent: seat,
  device: seat,
  locale: z.enum(['ru', 'en']).nullable(),
});

/** What the operator may ask of the users on the command line, of a server that runs or of its database alone. */
export const userCommand = z.discriminatedUnion('do', [
  z.object({ do: z.literal('add'), user: person.extend({ password }) }),
  z.object({ do: z.literal('invite'), user: person }),
  z.object({ do: z.literal('passwd'), login, password }),
  z.object({ do: z.literal('disable'), login }),
  z.object({ do: z.literal('enable'), login }),
  z.object({ do: z.literal('remove'), login }),
  z.object({
    do: z.literal('change'),
    login,
    change: z.object({
      role: role.exactOptional(),
      agent: seat.exactOptional(),
      device: seat.exactOptional(),
    }),
  }),
  z.object({ do: z.literal('list') }),
]);
export type UserCommand = z.infer<typeof userCommand>;

type Users = Pick<
  ReturnType<typeof createUserStore>,
  'createUser' | 'setPassword' | 'setDisabled' | 'changeUser' | 'remove' | 'list'
> & { staff: Pick<Staff, 'invite'> };

/** Does it; what is asked for is the answer. @throws Refusal of the users, or `bad-input` for what is no command */
export async function obey(users: Users, asked: unknown): Promise<unknown> {
  const command = parseInput(userCommand, asked);
  switch (command.do) {
    case 'add':
      return users.createUser(command.user);
    case 'invite':
      return users.staff.invite(command.user);
    case 'passwd':
      await users.setPassword(command.login, command.password);
      return null;
    case 'disable':
    case 'enable':
      return users.setDisabled(command.login, command.do === 'disable');
    case 'remove':
      return users.remove(command.login);
    case 'change':
      return users.changeUser(command.login, command.change);
    case 'list':
      return users.list();
  }
}
