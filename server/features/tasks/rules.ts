import type { Task } from '@ringdesk/shared/task';

/**
 * When a repeated task is due again: a step after it was due, and never in the past, however late it was done. A month later is the same
 * day, or the month's last one.
 */
export function nextDue(repeat: NonNullable<Task['repeat']>, dueAt: Date, now: Date): Date {
  for (let steps = 1; ; steps += 1) {
    const next = stepped(repeat, dueAt, steps);
    if (next > now) return next;
  }
}

function stepped(repeat: NonNullable<Task['repeat']>, from: Date, steps: number): Date {
  const next = new Date(from);
  if (repeat === 'daily') next.setUTCDate(from.getUTCDate() + steps);
  if (repeat === 'weekly') next.setUTCDate(from.getUTCDate() + 7 * steps);
  if (repeat === 'monthly') {
    next.setUTCDate(1);
    next.setUTCMonth(from.getUTCMonth() + steps);
    next.setUTCDate(Math.min(from.getUTCDate(), daysIn(next)));
  }
  return next;
}

function daysIn(month: Date): number {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Whether a reminder that was set for `dueAt` still holds: the task is open, and due then. */
export function stillDue(task: Pick<Task, 'state' | 'dueAt'>, dueAt: string): boolean {
  return task.state === 'open' && task.dueAt === dueAt;
}
