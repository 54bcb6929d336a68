export { type Comparison, compareEntries, type LiveEntry, type Mismatch } from './compare.ts';
export { type QueueLogEntry, type QueueLogRow, queueLogEntries, readQueueLog } from './queue-log.ts';
