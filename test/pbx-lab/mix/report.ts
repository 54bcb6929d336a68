import type { Mismatch, QueueLogEntry } from '../../../server/telephony/reconcile/index.ts';

/** Outcomes per queue, as queue_log has them. */
export function outcomeTable(entries: QueueLogEntry[]): string {
  const counts = new Map<string, number>();
  for (const { queue, outcome, endedBy } of entries) {
    const key = `${queue.padEnd(12)} ${(outcome ?? 'open').padEnd(10)} ${endedBy ?? ''}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts].sort(([a], [b]) => a.localeCompare(b));
  return [
    'queue        outcome    talk ended by    entries',
    ...rows.map(([key, n]) => `${key.padEnd(41)}${String(n).padStart(7)}`),
  ].join('\n');
}

/** One mismatch with both sides. */
export function describeMismatch({ what, ours, theirs }: Mismatch): string {
  const live = ours && `${ours.callId} ${JSON.stringify(ours.entry)}`;
  return `${what.join(', ')}\n  ours      ${live ?? '—'}\n  queue_log ${theirs ? JSON.stringify(theirs) : '—'}`;
}
