import type { Server } from '../../house/server.ts';

/** What the server says about itself in /metrics, the sum over all labels. */
export async function metric(server: Server, name: string): Promise<number> {
  const response = await fetch(`${server.url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  let sum = 0;
  for (const line of (await response.text()).split('\n'))
    if (line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      sum += Number(line.slice(line.lastIndexOf(' ')));
  return sum;
}

/** AMI events, unwanted ones included. */
export const eventsReceived = (server: Server) => metric(server, 'ringdesk_ami_events_total');

/** What the server's heap keeps, in MB: its garbage is collected first (collect.cjs). */
export async function keptMb(server: Server): Promise<number> {
  process.kill(server.program.pid, 'SIGUSR2');
  return Math.round((await metric(server, 'nodejs_heap_size_used_bytes')) / 1e5) / 10;
}

export interface Sample {
  minute: number;
  mb: number;
}

/** Growth of memory over time, in MB a minute: the slope of the line that fits the samples best. */
export function slopePerMinute(samples: readonly Sample[]): number {
  const n = samples.length;
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / n;
  const minute = mean((sample) => sample.minute);
  const mb = mean((sample) => sample.mb);
  const spread = mean((sample) => (sample.minute - minute) ** 2);
  return spread === 0 ? 0 : mean((sample) => (sample.minute - minute) * (sample.mb - mb)) / spread;
}
