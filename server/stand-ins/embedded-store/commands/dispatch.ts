import type { Log } from '../../../platform/log.ts';
import { CommandFailure } from '../failure.ts';
import { decodePlain, encode } from '../values/codec.ts';
import type { Doc } from '../values/document.ts';
import type { Request } from '../wire.ts';
import { aggregateCommands } from './aggregate.ts';
import { collectionCommands } from './collection-commands.ts';
import type { Call, Command, Services } from './command.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { indexCommands } from './index-commands.ts';
import { readCommands } from './read.ts';
import { refuseTransactions, sessionCommands } from './session.ts';
import { writeCommands } from './write.ts';

const commands = new Map<string, Command>(
  Object.entries({
    ...sessionCommands,
    ...readCommands,
    ...aggregateCommands,
    ...writeCommands,
    ...findAndModifyCommands,
    ...indexCommands,
    ...collectionCommands,
  }),
);

/** Sequences count as fields of the command; only their names are needed to decode the rest. */
function callOf(request: Request, connectionId: number): Call {
  const body = decodePlain(request.body);
  const name = Object.keys(body)[0] ?? '';
  const db = body['$db'] ?? request.db;
  if (typeof db !== 'string' || db === '') {
    throw new CommandFailure(40571, 'OP_MSG requests require a $db argument');
  }
  return { name, db, body, raw: request.body, sequences: request.sequences, connectionId };
}

function failed(failure: CommandFailure): Uint8Array {
  return encode({
    ok: 0,
    errmsg: failure.message,
    code: failure.code,
    codeName: failure.codeName,
    ...failure.details,
  });
}

/** Runs one request and gives the BSON document of its answer. Never throws: what goes wrong is an answer too. */
export async function answer(
  request: Request,
  connectionId: number,
  services: Services,
  log: Log,
): Promise<Uint8Array> {
  let name = '';
  try {
    const call = callOf(request, connectionId);
    name = call.name;
    const command = commands.get(name);
    if (command === undefined) throw new CommandFailure('CommandNotFound', `no such command: '${name}'`);
    if (call.body['startTransaction'] !== undefined || call.body['autocommit'] === false)
      refuseTransactions();
    const result = await command(call, services);
    return Buffer.isBuffer(result) ? result : encode({ ...result, ok: 1 } satisfies Doc);
  } catch (error) {
    if (error instanceof CommandFailure) return failed(error);
    const reason = error instanceof Error ? error : new Error(String(error));
    log.error({ err: { name: reason.name, stack: reason.stack }, command: name }, 'A store command failed');
    return failed(
      new CommandFailure('InternalError', `The embedded store failed in '${name}': ${reason.message}`),
    );
  }
}
