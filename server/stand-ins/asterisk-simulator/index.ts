import type { Log } from '../../platform/log.ts';
import { type AmiServer, startAmiServer } from './ami/server.ts';
import { createRealClock } from './clock.ts';
import { type CompanyOptions, createCompany } from './company.ts';
import type { EventName } from './engine/events.ts';
import { boot, restart } from './engine/restart.ts';

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
  /**
   * A restart or a crash: sessions end and all calls are gone without a word; the server is back after 0.2 s, and fully booted 0.1 s later.
   * Resolves when it is back. So does the AMI action Command with `core restart now`.
   */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const DOWN_MS = 200;
const BOOT_MS = 120;

/**
 * A PBX that is not there: an AMI server which plays a company's calls and answers the actions that the desk uses, in the words of Asterisk 22.
 * The same seed gives the same calls with the same relative times.
 * @throws the error of listen, e.g. EADDRINUSE
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { username, secret, log } = options;
  const speed = options.speed ?? 1;
  const clock = createRealClock(speed);
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
  async function startAgain(): Promise<void> {
    restart(pbx);
    await server?.restart(DOWN_MS);
    clock.after(BOOT_MS * speed, () => boot(pbx));
  }
  function onRestart(): void {
    startAgain().catch((err: unknown) => log?.error({ err }, 'the simulated exchange did not come back'));
  }
  const listening = await startAmiServer({ pbx, port: options.port ?? 0, accounts, onRestart });
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
    restart: startAgain,
    async stop() {
      clock.stop();
      await listening.close();
    },
  };
}
