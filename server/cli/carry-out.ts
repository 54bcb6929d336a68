import { type Config, loadConfig } from '../config/index.ts';
import { Refusal } from '../platform/errors.ts';
import { createLog, type Log } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { askDoor } from '../platform/process/operator-door.ts';
import type { Store } from '../platform/store/index.ts';
import { exitCode, Failure } from './exit.ts';

/** What serves a command where no server runs. */
export interface Alone {
  config: Config;
  store: Store;
  log: Log;
}

/**
 * By the server that runs on this data directory, else in the database itself.
 * @param alone does it where no server runs; the database is open then, and closed after it
 * @throws Failure: a refusal as one clear line
 */
export async function carryOut(
  command: { do: string },
  alone: (house: Alone) => Promise<unknown>,
): Promise<unknown> {
  const config = loadConfig(process.env);
  const answer = await askDoor(config.dataDir, command).catch((error: unknown) => {
    throw new Failure(
      exitCode.rejects,
      `${error instanceof Error ? error.message : error}. Nothing is known to be done.`,
    );
  });
  if (answer === null) return withoutServer(config, alone);
  if ('done' in answer) return answer.done;
  throw failure(answer.refused);
}

async function withoutServer(config: Config, work: (house: Alone) => Promise<unknown>): Promise<unknown> {
  const { openStore } = await import('../platform/store/index.ts');
  const log = createLog({ level: 'fatal', showPersonal: false });
  const { mongoUrl, dataDir } = config;
  const store = await openStore({ mongoUrl, dataDir, log, metrics: createMetrics() }).catch(
    (error: unknown) => {
      throw new Failure(
        exitCode.rejects,
        `The database cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      );
    },
  );
  try {
    return await work({ config, store, log });
  } catch (error) {
    throw error instanceof Refusal ? failure(error) : error;
  } finally {
    await store.close();
  }
}

function failure(refused: {
  message: string;
  fields?: readonly { path: string; message: string }[] | undefined;
}): Failure {
  const details = refused.fields?.map(({ path, message }) => `\n  ${path}: ${message}`).join('') ?? '';
  return new Failure(exitCode.rejects, refused.message + details);
}
