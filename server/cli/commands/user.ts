import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { role } from '@ringdesk/shared/user';
import { Command, Option } from 'commander';
import { z } from 'zod';
import type { UserCommand } from '../../features/users/index.ts';
import { carryOut } from '../carry-out.ts';
import { exitCode, Failure } from '../exit.ts';

interface AddFlags {
  name: string;
  role: string;
  agent?: string;
  device?: string;
  locale?: 'ru' | 'en';
  json?: boolean;
}

const listed = z.array(
  z.object({
    login: z.string(),
    role: z.string(),
    agent: z.string().nullable(),
    disabled: z.boolean(),
    name: z.string(),
  }),
);

const invitation = z.object({ token: z.string(), until: z.string() });

const roleOption = () => new Option('--role <role>').choices(role.options);

export function userCommand(): Command {
  const command = new Command('user').description(
    'People who may log in. Also beside a server that runs: what is changed holds there within seconds.',
  );
  describing(command.command('add <login>'))
    .description('Creates a user; the password is asked for, or read from the first line of standard input.')
    .action(async (login: string, flags: AddFlags) => {
      const password = await readPassword();
      const created = await obeyed({ do: 'add', user: { ...personOf(login, flags), password } });
      console.log(
        flags.json ? JSON.stringify(created) : `User '${login.trim()}' (${flags.role}) is created.`,
      );
    });
  describing(command.command('invite <login>'))
    .description('Creates a user who sets the password by a link that works once; nobody else ever knows it.')
    .action(async (login: string, flags: AddFlags) => {
      const invited = invitation.parse(await obeyed({ do: 'invite', user: personOf(login, flags) }));
      console.log(
        flags.json
          ? JSON.stringify(invited)
          : `User '${login.trim()}' (${flags.role}) is created. The password is set once, until ${invited.until}, at this path of your Ringdesk:\n/invitation#${invited.token}`,
      );
    });
  command
    .command('passwd <login>')
    .description('Sets a new password; sessions of that user end.')
    .action(async (login: string) => {
      const password = await readPassword();
      await obeyed({ do: 'passwd', login, password });
      console.log(`The password of '${login}' is set.`);
    });
  shuttingOut(command);
  command
    .command('list')
    .description('All users.')
    .option('--json', 'one JSON array')
    .action(async (flags: { json?: boolean }) => {
      const users = await obeyed({ do: 'list' });
      if (flags.json) console.log(JSON.stringify(users));
      else
        for (const user of listed.parse(users))
          console.log(
            [user.login, user.role, user.agent ?? '-', user.disabled ? 'disabled' : 'active', user.name].join(
              '\t',
            ),
          );
    });
  for (const part of command.commands) part.exitOverride();
  return command;
}

function shuttingOut(command: Command): void {
  command
    .command('disable <login>')
    .description('Lets a user in no more, until enabled again; sessions and open pages end within seconds.')
    .action(async (login: string) => {
      await obeyed({ do: 'disable', login });
      console.log(`'${login}' is let in no more.`);
    });
  command
    .command('enable <login>')
    .description('Lets a user in again.')
    .action(async (login: string) => {
      await obeyed({ do: 'enable', login });
      console.log(`'${login}' may log in again.`);
    });
  command
    .command('remove <login>')
    .description("Takes a user away for good. What was done stays under the agent's number.")
    .action(async (login: string) => {
      await obeyed({ do: 'remove', login });
      console.log(`'${login}' is removed.`);
    });
  command
    .command('role <login> <role>')
    .description(`Gives a user another role: ${role.options.join(', ')}. The user has to log in again.`)
    .action(async (login: string, name: string) => {
      const parsed = role.safeParse(name);
      if (!parsed.success)
        throw new Failure(
          exitCode.wrongUse,
          `There is no role '${name}': take one of ${role.options.join(', ')}.`,
        );
      await obeyed({ do: 'change', login, change: { role: parsed.data } });
      console.log(`'${login}' is ${parsed.data} now.`);
    });
  command
    .command('seat <login> [agent]')
    .description('Gives a user another extension, or none. The user has to log in again.')
    .option(
      '--device <device>',
      'a phone as Asterisk names it; again for each more; default PJSIP/<agent>',
      oneMore,
    )
    .action(async (login: string, agent: string | undefined, flags: { device?: string }) => {
      const device = flags.device ?? (agent === undefined ? null : `PJSIP/${agent}`);
      await obeyed({ do: 'change', login, change: { agent: agent ?? null, device } });
      console.log(agent === undefined ? `'${login}' takes no calls.` : `'${login}' takes calls at ${agent}.`);
    });
}

function describing(command: Command): Command {
  return command
    .requiredOption('--name <name>', 'as others see it')
    .addOption(roleOption().default('agent'))
    .option('--agent <number>', "the agent's extension, e.g. 1001")
    .option(
      '--device <device>',
      'a phone as Asterisk names it; again for each more; default PJSIP/<agent>',
      oneMore,
    )
    .addOption(new Option('--locale <locale>').choices(['ru', 'en']))
    .option('--json', 'print the user as JSON');
}

function personOf(login: string, { name, agent, device, locale, ...flags }: AddFlags) {
  return {
    login,
    name,
    role: role.parse(flags.role),
    agent: agent ?? null,
    device: device ?? (agent === undefined ? null : `PJSIP/${agent}`),
    locale: locale ?? null,
  };
}

/** Several phones are one text, with commas between. */
function oneMore(device: string, before: string | undefined): string {
  return before === undefined ? device : `${before},${device}`;
}

async function obeyed(command: UserCommand): Promise<unknown> {
  return carryOut(command, async ({ store }) => {
    const { createUsers, obey } = await import('../../features/users/index.ts');
    const users = createUsers({ store });
    await store.prepared();
    return obey(users, command);
  });
}

/** From a terminal it is not echoed; from a pipe it is the first line. */
async function readPassword(): Promise<string> {
  const terminal = process.stdin.isTTY === true;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asked = createInterface({ input: process.stdin, output: silent, terminal });
  if (terminal) process.stderr.write('Password: ');
  try {
    for await (const line of asked) return line;
    throw new Failure(exitCode.wrongUse, 'No password was given: type it, or pipe it in on one line.');
  } finally {
    asked.close();
    if (terminal) process.stderr.write('\n');
  }
}
