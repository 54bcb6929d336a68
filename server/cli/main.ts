import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config/index.ts';
import { backupCommand, restoreCommand } from './commands/backup.ts';
import { doctorCommand } from './commands/doctor.ts';
import { openapiCommand } from './commands/openapi.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { startCommand } from './commands/start.ts';
import { userCommand } from './commands/user.ts';
import { exitCode, Failure } from './exit.ts';

/**
 * The one program. Sets the exit code: 0 done, 1 done with rejects, 2 wrong use, 78 wrong configuration.
 * @param args without the interpreter and the script
 */
export async function run(args: readonly string[]): Promise<void> {
  // Whatever a command writes is its user's alone.
  process.umask(0o077);
  const program = new Command('ringdesk')
    .description('A contact centre for Asterisk.')
    .exitOverride()
    .addCommand(startCommand())
    .addCommand(replayCommand())
    .addCommand(reportCommand())
    .addCommand(userCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(doctorCommand())
    .addCommand(openapiCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
    // Whatever a command that failed has left open must not keep the process: who watches it would take it for running.
    setTimeout(() => process.exit(), leftOpenMs).unref();
  }
}

const leftOpenMs = 2000;

/** One clear line for what was foreseen; a stack only for what was not. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
  if (error instanceof ConfigError) {
    console.error(error.message);
    return exitCode.wrongConfig;
  }
  if (error instanceof Failure) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error);
  return exitCode.rejects;
}
