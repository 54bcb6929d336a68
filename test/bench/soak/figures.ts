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

export const eventsReceived = (server: Server) => metric(server, 'ringdesk_ami_events_total');

/** Growth of memory over time, in MB a minute: the slope of the line that fits the samples best. */
export function slopePerMinute(samples: readonly { minute: number; mb: number }[]): number {
  const n = samples.length;
  const mean = (of: (sample: { minute: number; mb: number }) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / n;
  const minute = mean((sample) => sample.minute);
  const mb = mean((sample) => sample.mb);
  const spread = mean((sample) => (sample.minute - minute) ** 2);
  return spread === 0 ? 0 : mean((sample) => (sample.minute - minute) * (sample.mb - mb)) / spread;
}
