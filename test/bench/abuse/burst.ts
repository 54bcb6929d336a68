import { connect, createServer, type Socket } from 'node:net';

/** Stands between the server and the PBX, and lets the PBX seem to have a flood of callers. */
export interface Burst {
  readonly port: number;
  /** So many new calls a second come and go from now on. @returns ends it, and tells how many there were */
  start(callsPerSecond: number): () => number;
  close(): Promise<void>;
}

const everyMs = 20;
/** A caller of the flood hangs up after this, ms. */
const callMs = 400;

export async function startBurst(pbxPort: number): Promise<Burst> {
  const sockets = new Set<Socket>();
  /** Those that read events, while the last message written to them is whole. */
  const readers = new Map<Socket, { whole: boolean }>();
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: pbxPort });
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.pipe(far);
    far.on('data', (chunk: Buffer) => {
      // Only who reads events hears of queues.
      if (!readers.has(near) && chunk.includes('Event: AgentCalled')) readers.set(near, { whole: false });
      const reader = readers.get(near);
      if (reader !== undefined) reader.whole = chunk.subarray(-4).toString() === '\r\n\r\n';
      if (!near.write(chunk)) {
        far.pause();
        near.once('drain', () => far.resume());
      }
    });
    far.once('close', () => near.destroy());
    near.once('close', () => {
      readers.delete(near);
      far.destroy();
      sockets.delete(near);
      sockets.delete(far);
    });
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    start(callsPerSecond) {
      let begun = 0;
      let over = 0;
      const startedAt = performance.now();
      /** What is due by now. */
      function due(): string {
        const passedMs = performance.now() - startedAt;
        const said: string[] = [];
        while (begun < (passedMs / 1000) * callsPerSecond) said.push(newCall(begun++));
        while (over < ((passedMs - callMs) / 1000) * callsPerSecond && over < begun) said.push(endOf(over++));
        return said.join('');
      }
      const timer = setInterval(() => {
        for (const [socket, { whole }] of readers)
          if (whole && !socket.writableNeedDrain) socket.write(due());
      }, everyMs);
      return () => {
        clearInterval(timer);
        const rest: string[] = [];
        while (over < begun) rest.push(endOf(over++));
        for (const [socket] of readers) socket.write(rest.join(''));
        return begun;
      };
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function message(event: string, call: number, more: readonly string[]): string {
  const id = `flood-1.${call}`;
  return [
    `Event: ${event}`,
    'Privilege: call,all',
    `Timestamp: ${(Date.now() / 1000).toFixed(6)}`,
    `Channel: PJSIP/provider-f${call.toString(16).padStart(8, '0')}`,
    `CallerIDNum: 7999${String(call % 10_000_000).padStart(7, '0')}`,
    'CallerIDName: <unknown>',
    `Uniqueid: ${id}`,
    `Linkedid: ${id}`,
    ...more,
    '\r\n',
  ].join('\r\n');
}

const newCall = (call: number) =>
  message('Newchannel', call, ['ChannelState: 4', 'Context: from-trunk', 'Exten: 2000']);
const endOf = (call: number) => message('Hangup', call, ['Cause: 16', 'Cause-txt: Normal Clearing']);
