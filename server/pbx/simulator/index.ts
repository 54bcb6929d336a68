import type { Log } from '../../log.ts';
import { type AmiServer, startAmiServer } from './ami/server.ts';
import { createRealClock } from './clock.ts';
import { type CompanyOptions, createCompany } from './company.ts';
import type { EventName } from './engine/events.ts';
import { restart } from './engine/restart.ts';

export type { BusySeat } from './day/busy-seat.ts';
export { agentsFor, type DemoAgent, demoAgents, demoCustomers } from './population.ts';

/** `automatic: 'all'`: no seat waits for a person, all agents play themselves; so it is by default when `callsPerSecond` is set. */
export interface SimulatorOptions extends Omit<CompanyOptions, 'clock' | 'sink'> {
  /** 0 or absent: any free port of 127.0.0.1. */
  port?: number;
  username: string;
  secret: string;
  /** How fast time runs; default 1. */
  speed?: number;
  log?: Log;
  /** Called when an event has been written to the sessions that want it. `at` is ms since the epoch, with fractions; `text` is the event as it went out. */
  onWrite?(name: EventName, uniqueid: string | null, at: number, text: string): void;
}

export interface Simulator {
  readonly port: number;
  /** `calls` that began (in, out and internal), events said, events written to sessions (answers to lists included), calls up now, sessions. */
  stats(): { calls: number; events: number; written: number; channels: number; sessions: number };
  /** No more callers come in, and who is on the line hangs up; the AMI server stays. */
  endCalls(): void;
  /** `core restart now`: sessions end and all calls are gone without a word; the server is back after 0.2 s. Resolves when it is. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const DOWN_MS = 200;

/**
 * A PBX that is not there: an AMI server which plays a company's calls and answers the actions that the desk uses, in the words of Asterisk 22.
 * The same seed gives the same calls with the same relative times.
 * @throws the error of listen, e.g. EADDRINUSE
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { username, secret, log } = options;
  const clock = createRealClock(options.speed ?? 1);
  let events = 0;
  let server: AmiServer | null = null;
  const { pbx, open, close } = createCompany({
    ...options,
    clock,
    sink(event) {
      events++;
      server?.publish(event);
      options.onWrite?.(event.name, event.uniqueid, performance.timeOrigin + performance.now(), event.text);
    },
  });
  const all = new Set(['all']);
  const accounts = [{ username, secret, read: all, write: all }];
  const listening = await startAmiServer({ pbx, port: options.port ?? 0, accounts });
  server = listening;
  open();
  log?.info({ port: listening.port, agents: pbx.phones.size }, 'simulator started');
  return {
    port: listening.port,
    stats: () => ({
      calls: pbx.calls,
      events,
      written: listening.written(),
      channels: pbx.channels.size,
      sessions: listening.sessions.size,
    }),
    endCalls: close,
    async restart() {
      restart(pbx);
      await listening.restart(DOWN_MS);
    },
    async stop() {
      clock.stop();
      await listening.close();
    },
  };
}
