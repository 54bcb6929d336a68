import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { BusySeat } from '../../../server/stand-ins/asterisk-simulator/index.ts';

/** What the simulator's process is told when it starts. */
export interface Load {
  seed: number;
  /** Calls a second. */
  rate: number;
  agents: number;
  customerSeeds: number;
  username: string;
  secret: string;
  busySeat?: BusySeat;
}

/** A phone was told to ring: AgentCalled was written. */
export interface Ring {
  uniqueid: string;
  /** The queue member's interface. */
  device: string;
  /** ms since the epoch, with fractions. */
  at: number;
}

export interface Stats {
  calls: number;
  written: number;
  channels: number;
}

export interface CallFromOutside {
  uniqueid: string;
  /** Somebody was logged in when it began. Who logs in later hears of it only when it is still there then. */
  heard: boolean;
}

export type ToSimulator = 'stats' | 'calls' | 'end-calls';
export type FromSimulator =
  | { kind: 'ready'; port: number }
  | { kind: 'ring'; ring: Ring }
  | { kind: 'stats'; stats: Stats }
  | { kind: 'calls'; calls: CallFromOutside[] };

export interface SimulatorProcess {
  readonly port: number;
  readonly pid: number;
  stats(): Promise<Stats>;
  calls(): Promise<CallFromOutside[]>;
  /** No more callers; who is on the line hangs up. */
  endCalls(): void;
  stop(): Promise<void>;
}

const script = join(import.meta.dirname, 'simulator/main.ts');

/** Starts the simulator as a process of its own, so that it takes no time from the server or from who measures. */
export async function startSimulatorProcess(
  load: Load,
  onRing: (ring: Ring) => void = () => undefined,
): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(load)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const asked: ((stats: Stats) => void)[] = [];
  const askedForCalls: ((calls: CallFromOutside[]) => void)[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The simulator ended at its start (${code})`)));
    child.once('error', reject);
    child.on('message', (message: FromSimulator) => {
      if (message.kind === 'ready') resolve(message.port);
      else if (message.kind === 'ring') onRing(message.ring);
      else if (message.kind === 'calls') askedForCalls.shift()?.(message.calls);
      else asked.shift()?.(message.stats);
    });
  });
  const say = (message: ToSimulator) => void child.send(message);
  return {
    port,
    pid: child.pid ?? 0,
    stats: () =>
      new Promise((resolve) => {
        asked.push(resolve);
        say('stats');
      }),
    calls: () =>
      new Promise((resolve) => {
        askedForCalls.push(resolve);
        say('calls');
      }),
    endCalls: () => say('end-calls'),
    stop: () => stopped(child, ended),
  };
}

async function stopped(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(late);
}

/** The server's settings for this PBX. */
export function pbxSettings(port: number, load: Load): Record<string, string> {
  return {
    PBX_HOST: '127.0.0.1',
    PBX_PORT: String(port),
    PBX_EVENTS_USER: load.username,
    PBX_EVENTS_SECRET: load.secret,
    PBX_ACTIONS_USER: load.username,
    PBX_ACTIONS_SECRET: load.secret,
  };
}
