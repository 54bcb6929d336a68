import { createServer, type Server } from 'node:net';

/** Where one lab's programs listen. Ranges are [first, last], both included. */
export interface LabPorts {
  ami: number;
  sip: number;
  /** ARI. */
  http: number;
  /** The carrier's side of outbound calls. */
  outside: number;
  /** The first of five fixed ports: PJSIP/3000-3019 are rung at this one, 3020-3039 at the next. */
  load: number;
  /** SIPp's own SIP ports; each uses the one 400 higher for its control socket. */
  phones: [number, number];
  phonesMedia: [number, number];
  rtp: [number, number];
}

/** Below Linux' ephemeral range, and clear of the well-known SIP and AMI ports. */
const firstSpan = 10_000;
const spanSize = 2_000;
const spans = 11;

/**
 * Reserves ports for one lab, so that several can run side by side on one machine: a span belongs to whoever listens on its
 * first port.
 * @throws Error when every span is taken
 */
export async function reservePorts(host: string): Promise<LabPorts & { release(): Promise<void> }> {
  const start = process.pid % spans;
  for (let n = 0; n < spans; n++) {
    const base = firstSpan + ((start + n) % spans) * spanSize;
    const lock = await listen(host, base);
    if (!lock) continue;
    return {
      ami: base + 1,
      sip: base + 2,
      outside: base + 3,
      load: base + 4,
      http: base + 9,
      phones: [base + 10, base + 409],
      phonesMedia: [base + 1600, base + 1996],
      rtp: [base + 1000, base + 1598],
      release: () => new Promise((resolve) => lock.close(() => resolve())),
    };
  }
  throw new Error(`${spans} labs run on ${host} already; stop one first`);
}

function listen(host: string, port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(null));
    server.listen({ host, port, exclusive: true }, () => resolve(server));
    server.unref();
  });
}
