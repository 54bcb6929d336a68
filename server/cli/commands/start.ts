import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../../config/index.ts';
import type { Running } from '../../main.ts';
import { createLog } from '../../platform/log.ts';
import { CannotStart } from '../../platform/process/cannot-start.ts';
import { exitCode, Failure } from '../exit.ts';

export function startCommand(): Command {
  return new Command('start')
    .description('Starts Ringdesk. Without a PBX in the configuration the simulator serves.')
    .option('--port <port>', 'web port, instead of PORT')
    .option('--rate <calls per second>', 'simulated calls per second, instead of SIMULATOR_RATE')
    .addHelpText('after', '\nSettings: docs/configuration.md. Ends with 78 when the configuration is wrong.')
    .action(async (flags: { port?: string; rate?: string }) => {
      const config = loadConfig(process.env, {
        ...(flags.port === undefined ? {} : { PORT: flags.port }),
        ...(flags.rate === undefined ? {} : { SIMULATOR_RATE: flags.rate }),
      });
      // Loaded only now: the other commands need none of it.
      const { start } = await import('../../main.ts');
      const log = createLog({ level: config.logLevel, showPersonal: config.logPersonal });
      const staticDir = join(import.meta.dirname, '../../../agent-ui/dist');
      let running: Running;
      try {
        running = await start(config, { log, staticDir });
      } catch (error) {
        if (error instanceof CannotStart) throw new Failure(exitCode.wrongConfig, error.message);
        log.debug({ err: error }, 'The start failed');
        const why = error instanceof Error ? error.message : String(error);
        throw new Failure(exitCode.rejects, `Ringdesk cannot start: ${why}`);
      }
      // First: whoever reads that it is ready may end it at once.
      stopOnSignal(running);
      announce(running);
    });
}

function announce({ url, demoUsers }: Running): void {
  console.log(`Ringdesk is ready: ${url}`);
  if (demoUsers.length === 0) return;
  console.log('No PBX is configured: a simulated company works here. Log in as');
  for (const { login, password, role, name } of demoUsers)
    console.log(`  ${login.padEnd(12)} ${password.padEnd(12)} ${role}, ${name}`);
}

/** The first signal stops in order, the second at once. */
function stopOnSignal(running: Running): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(exitCode.rejects);
      stopping = true;
      void running.stop().then(() => process.exit(exitCode.done));
    });
  }
}
