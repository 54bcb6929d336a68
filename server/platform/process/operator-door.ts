import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';

/**
 * The door by which commands of the operator reach a server that runs: a socket in the data directory, open to the user of the server alone. One
 * line of JSON goes in, one comes back.
 */

const answer = z.union([
  z.object({ done: z.unknown() }),
  z.object({
    refused: z.object({
      message: z.string(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  }),
]);
export type DoorAnswer = z.infer<typeof answer>;

/** Longer paths do not fit into a socket's address. https://man7.org/linux/man-pages/man7/unix.7.html */
const longestPath = 100;
/** Passwords and names: nothing that is long. */
const longestLine = 16_384;
const answerWithinMs = 20_000;

function doorOf(dataDir: string): string | null {
  const whole = join(dataDir, 'operator.sock');
  const path = [whole, relative('.', whole)].sort((one, other) => one.length - other.length)[0] ?? whole;
  return path.length > longestPath ? null : path;
}

/**
 * Opens the door. Without one (the path is too long, the file system knows no sockets) the server runs on, and commands wait until it is stopped.
 * @param handle does what a command asks; a Refusal is told to the one who asked
 * @returns what closes it
 */
export async function openDoor(options: {
  dataDir: string;
  handle(command: unknown): Promise<unknown>;
  log: Log;
}): Promise<() => Promise<void>> {
  const { dataDir, handle, log } = options;
  const path = doorOf(dataDir);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    socket.setTimeout(answerWithinMs, () => socket.destroy());
    serve(socket, handle, log);
  });
  const failure = await new Promise<string | null>((resolve) => {
    if (path === null) return resolve('its path is too long for a socket');
    server.once('error', (error) => resolve(error.message));
    // Of a server that was killed: the directory is ours alone by now.
    rmSync(path, { force: true });
    server.listen(path, () => resolve(null));
  });
  if (failure !== null) {
    log.warn({ why: failure }, 'Users can be managed on the command line only while this server is stopped');
    return () => Promise.resolve();
  }
  if (path !== null) chmodSync(path, 0o600);
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
}

function serve(socket: Socket, handle: (command: unknown) => Promise<unknown>, log: Log): void {
  let length = 0;
  socket.on('data', (chunk) => {
    length += chunk.length;
    if (length > longestLine) socket.destroy();
  });
  createInterface({ input: socket }).once('line', (line) => {
    void answerTo(line, handle, log).then((told) => socket.end(`${JSON.stringify(told)}\n`));
  });
}

async function answerTo(
  line: string,
  handle: (command: unknown) => Promise<unknown>,
  log: Log,
): Promise<DoorAnswer> {
  try {
    return { done: (await handle(JSON.parse(line))) ?? null };
  } catch (error) {
    if (!(error instanceof Refusal)) log.error({ err: error }, 'A command of the operator failed');
    const { message } = error instanceof Error ? error : new Error(String(error));
    const fields = error instanceof Refusal ? error.fields : undefined;
    return { refused: { message, ...(fields === undefined ? {} : { fields: [...fields] }) } };
  }
}

/**
 * Asks the server that runs on this data directory.
 * @returns null when none does
 * @throws when it does not answer, or not in its words
 */
export function askDoor(dataDir: string, command: unknown): Promise<DoorAnswer | null> {
  const path = doorOf(dataDir);
  if (path === null) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.setTimeout(answerWithinMs, () => socket.destroy(new Error('The server does not answer')));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? resolve(null) : reject(error),
    );
    socket.once('connect', () => socket.write(`${JSON.stringify(command)}\n`));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.once('end', () => {
      try {
        resolve(answer.parse(JSON.parse(text)));
      } catch (error) {
        reject(new Error('The server closed the door without an answer', { cause: error }));
      }
    });
  });
}
