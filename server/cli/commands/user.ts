import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { role } from '@ringdesk/shared/user';
import { Command, Option } from 'commander';
import { loadConfig } from '../../config/index.ts';
import type { Users } from '../../features/users/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { exitCode, Failure } from '../exit.ts';

interface AddFlags {
  name: string;
  role: string;
  agent?: string;
  device?: string;
  locale?: 'ru' | 'en';
  json?: boolean;
}

export function userCommand(): Command {
  const command = new Command('user').description(
    'People who may log in. With the embedded store, stop Ringdesk first.',
  );
  command
    .command('add <login>')
    .description('Creates a user; the password is asked for, or read from the first line of standard input.')
    .requiredOption('--name <name>', 'as others see it')
    .addOption(new Option('--role <role>').choices(role.options).default('agent'))
    .option('--agent <number>', "the agent's extension, e.g. 1001")
    .option('--device <device>', "the queue member's interface; default PJSIP/<agent>")
    .addOption(new Option('--locale <locale>').choices(['ru', 'en']))
    .option('--json', 'print the user as JSON')
    .action(async (login: string, flags: AddFlags) => {
      const password = await readPassword();
      const created = await withUsers((users) =>
        users.createUser({
          login,
          password,
          name: flags.name,
          role: role.parse(flags.role),
          agent: flags.agent ?? null,
          device: flags.device ?? (flags.agent === undefined ? null : `PJSIP/${flags.agent}`),
          locale: flags.locale ?? null,
        }),
      );
      console.log(
        flags.json ? JSON.stringify(created) : `User '${created.login}' (${created.role}) is created.`,
      );
    });
  command
    .command('passwd <login>')
    .description('Sets a new password; sessions of that user end.')
    .action(async (login: string) => {
      const password = await readPassword();
      await withUsers((users) => users.setPassword(login, password));
      console.log(`The password of '${login}' is set.`);
    });
  command
    .command('list')
    .description('All users.')
    .option('--json', 'one JSON array')
    .action(async (flags: { json?: boolean }) => {
      const users = await withUsers((all) => all.list());
      if (flags.json) console.log(JSON.stringify(users));
      else
        for (const user of users)
          console.log(
            [user.login, user.role, user.agent ?? '-', user.disabled ? 'disabled' : 'active', user.name].join(
              '\t',
            ),
          );
    });
  for (const part of command.commands) part.exitOverride();
  return command;
}

/** Opens the database, does one thing and closes it; a refusal becomes one clear line. */
async function withUsers<T>(act: (users: Users) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  const { createUsers } = await import('../../features/users/index.ts');
  const { openStore } = await import('../../platform/store/index.ts');
  const log = createLog({ level: 'fatal', showPersonal: false });
  const store = await openStore({
    mongoUrl: config.mongoUrl,
    dataDir: config.dataDir,
    log,
    metrics: createMetrics(),
  }).catch((error: unknown) => {
    throw new Failure(
      exitCode.rejects,
      `The database cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  try {
    const users = createUsers({ store });
    await store.prepared();
    return await act(users);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const details = error.fields?.map(({ path, message }) => `\n  ${path}: ${message}`).join('') ?? '';
    throw new Failure(exitCode.rejects, error.message + details);
  } finally {
    await store.close();
  }
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
