/**
 * The driver's names for "the database is not there now": no server could be chosen, the network failed, or the client was closed.
 * https://mongodb.github.io/node-mongodb-native/7.0/classes/MongoError.html
 */
const away: ReadonlySet<string> = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoOperationTimeoutError',
]);

/** Server codes of a replica set in motion: not primary, shutting down, stepped down. https://www.mongodb.com/docs/manual/reference/error-codes/ */
const inMotion: ReadonlySet<number> = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** True when an error says that the database cannot be reached now, so that the same request may succeed later. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (away.has(error.name)) return true;
  if (error.name === 'MongooseError' && error.message.includes('initial connection')) return true;
  if ('code' in error && typeof error.code === 'number' && inMotion.has(error.code)) return true;
  return error.cause !== undefined && error.cause !== error && isStoreAway(error.cause);
}

/** True when a unique index refused a write (E11000). */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
