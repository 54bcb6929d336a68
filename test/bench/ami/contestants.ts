import { EventEmitter } from 'node:events';
import net from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import AsteriskManager from 'asterisk-manager';
import { AmiDecoder } from '../../../server/telephony/ami/index.ts';
import { readEvent, wantedEvents } from '../../../server/telephony/calls/index.ts';

/** Reads all chunks once; resolves to the number of events that it found. */
export type Contestant = (chunks: readonly Buffer[]) => number | Promise<number>;

/** The fields that are read of one kind of event: of some the first value, of some all. A field that is read twice stands here twice. */
interface Looks {
  first: string[];
  all: string[];
}

/** Characters that were read, so that no reading can be left out as useless. */
let charactersRead = 0;

/** To be printed: what is read and never used could be left out by the compiler. */
export const readSoFar = () => charactersRead;

/** Our decoder, and behind it each look that the call model's reader takes into an event of this name. What the model makes of it is its own. */
export function createOurs(looks: ReadonlyMap<string, Looks>): (chunks: readonly Buffer[]) => number {
  return function ours(chunks) {
    const decoder = new AmiDecoder({
      wanted: wantedEvents,
      onMessage: (message) => {
        const mine = looks.get(message.event ?? '');
        if (mine === undefined) return;
        for (const name of mine.first) charactersRead += message.get(name)?.length ?? 0;
        for (const name of mine.all) charactersRead += message.all(name).length;
      },
    });
    for (const chunk of chunks) decoder.push(chunk);
    return decoder.events;
  };
}

/** Watches the call model's reader over the stream: for each event the longest list of looks that one message got. */
export function looksOfCallModel(chunks: readonly Buffer[]): Map<string, Looks> {
  const looks = new Map<string, Looks>();
  const decoder = new AmiDecoder({
    wanted: wantedEvents,
    onMessage: (message) => {
      const now: Looks = { first: [], all: [] };
      readEvent({
        get: (name) => {
          now.first.push(name);
          return message.get(name);
        },
        all: (name) => {
          now.all.push(name);
          return message.all(name);
        },
      });
      const event = message.event ?? '';
      if (countOf(now) > countOf(looks.get(event))) looks.set(event, now);
    },
  });
  for (const chunk of chunks) decoder.push(chunk);
  return looks;
}

export function countOf(looks: Looks | undefined): number {
  return looks === undefined ? 0 : looks.first.length + looks.all.length;
}

/** As `ours`, with all that the call model's reader makes of the fields: numbers, times, names. */
export function oursWithReader(chunks: readonly Buffer[]): number {
  const decoder = new AmiDecoder({
    wanted: wantedEvents,
    onMessage: (message) => {
      if (readEvent(message) !== null) charactersRead += 1;
    },
  });
  for (const chunk of chunks) decoder.push(chunk);
  return decoder.events;
}

/** The least that any reader of AMI has to do: find the ends of the messages, and look at nothing. */
export function scan(chunks: readonly Buffer[]): number {
  let messages = 0;
  for (const chunk of chunks) {
    let at = 0;
    for (;;) {
      const found = chunk.indexOf('\r\n\r\n', at);
      if (found < 0) break;
      messages += 1;
      at = found + 4;
    }
  }
  return messages;
}

/**
 * What asterisk-manager takes for its socket. It decodes UTF-8 across chunks as net.Socket does after setEncoding.
 * A socket of our own and not a loopback server: with one, the kernel's work would be added to all three alike and only hide the difference.
 */
class ChunkSocket extends EventEmitter {
  readyState = 'open';
  private readonly text = new StringDecoder('utf8');
  setKeepAlive(): void {}
  setNoDelay(): void {}
  setEncoding(): void {}
  write(): void {}
  end(): void {}
  feed(chunk: Buffer): void {
    this.emit('data', this.text.write(chunk));
  }
}

/** asterisk-manager by its public door: its own socket handler, its own parser, its own events on the next tick. */
export async function asteriskManager(chunks: readonly Buffer[]): Promise<number> {
  const socket = new ChunkSocket();
  const { createConnection } = net;
  let events = 0;
  Object.assign(net, { createConnection: () => socket });
  try {
    const manager = AsteriskManager(5038, 'localhost', 'user', 'secret', true);
    manager.on('managerevent', () => {
      events += 1;
    });
  } finally {
    Object.assign(net, { createConnection });
  }
  for (const chunk of chunks) {
    socket.feed(chunk);
    // Between two chunks of a socket the event loop turns, and with it all of nextTick runs.
    await new Promise(setImmediate);
  }
  return events;
}
