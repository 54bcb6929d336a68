import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** CPU time that a process has used so far, in seconds, its threads included and its children not (proc(5), /proc/PID/stat). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in brackets and may hold blanks: count from behind it. utime and stime are the fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** How long a process's main thread was ready to run and had to wait for a core, in seconds: other programs' doing (/proc/PID/schedstat). */
function waitedSeconds(pid: number): number {
  const nanoseconds = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[1];
  return Number(nanoseconds) / 1e9;
}

/** The processes that a process has started itself and that still run, e.g. the server's embedded store. */
export function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** Memory of a process that is in RAM, in MB. */
export function rssMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 102.4) / 10;
}

/** What else the machine does: figures of a busy machine say little. */
export function machineLoad(): string {
  return `load average ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export interface CpuWatch {
  /** The share of one core that each process has used since, and how much more it wanted: `server 0.31 (0.04 waited for)`. */
  told(): string;
}

export function watchCpu(pids: Readonly<Record<string, number>>): CpuWatch {
  const startedAt = performance.now();
  const before = Object.entries(pids).map(([name, pid]) => ({
    name,
    pid,
    used: cpuSeconds(pid),
    waited: waitedSeconds(pid),
  }));
  return {
    told() {
      const seconds = (performance.now() - startedAt) / 1000;
      return before
        .map(({ name, pid, used, waited }) => {
          const share = (cpuSeconds(pid) - used) / seconds;
          const lacked = (waitedSeconds(pid) - waited) / seconds;
          return `${name} ${share.toFixed(2)} (${lacked.toFixed(2)} waited for)`;
        })
        .join(', ');
    },
  };
}

/** Settings of a server under measurement. SERVER_NODE_OPTIONS reaches it as NODE_OPTIONS, e.g. `--require` of a profiler. */
export function serverSettings(): Record<string, string> {
  const options = process.env['SERVER_NODE_OPTIONS'];
  return { LOG_LEVEL: 'warn', PORT: '0', ...(options === undefined ? {} : { NODE_OPTIONS: options }) };
}
