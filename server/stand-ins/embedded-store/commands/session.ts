import { CommandFailure } from '../failure.ts';
import { maxDocumentBytes } from '../values/codec.ts';
import { isDoc } from '../values/document.ts';
import { maxMessageBytes } from '../wire.ts';
import type { Call, Command, Services } from './command.ts';

/** The wire version of MongoDB 7.0: what is answered here is what a 7.0 server has of it. */
const maxWireVersion = 21;
export const imitatedVersion = '7.0.0';
const maxWriteBatchSize = 100_000;
/** Sessions end after this many minutes without use; nothing is kept for one here, so none ever ends. */
const sessionMinutes = 30;

/**
 * A standalone server with sessions: the driver then uses no transactions and repeats no writes by itself, which this
 * store could not tell apart.
 */
const hello: Command = (call, services) => {
  if (isDoc(call.body['speculativeAuthenticate'])) refuseCredentials();
  const compression = {};
  return {
    helloOk: true,
    ...(call.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize,
    localTime: services.now(),
    logicalSessionTimeoutMinutes: sessionMinutes,
    connectionId: call.connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
    ...compression,
  };
};

function refuseCredentials(): never {
  throw new CommandFailure(
    'AuthenticationFailed',
    'Authentication failed: the embedded store has no users; take the user name and password out of the connection string',
  );
}

const buildInfo: Command = () => ({
  version: imitatedVersion,
  versionArray: [7, 0, 0, 0],
  gitVersion: 'ringdesk-embedded-store',
  modules: ['ringdesk-embedded-store'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: maxDocumentBytes,
  storageEngines: ['lmdb'],
});

function serverStatus(_: Call, services: Services) {
  const now = services.now();
  const uptime = (now.getTime() - services.startedAt.getTime()) / 1000;
  return {
    host: `127.0.0.1`,
    version: imitatedVersion,
    process: 'ringdesk-embedded-store',
    pid: process.pid,
    uptime,
    uptimeMillis: Math.round(uptime * 1000),
    localTime: now,
    connections: { current: services.connections() },
    metrics: { cursor: { open: { total: services.cursors.count() } } },
    mem: { resident: Math.round(process.memoryUsage().rss / 2 ** 20) },
    storageEngine: { name: 'lmdb', persistent: true },
  };
}

export const sessionCommands: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: () => ({}),
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  whatsmyuri: (call) => ({ you: `127.0.0.1:${call.connectionId}` }),
  getParameter: () => ({ featureCompatibilityVersion: { version: '7.0' } }),
  startSession: refuseTransactions,
  endSessions: () => ({}),
  refreshSessions: () => ({}),
  killSessions: () => ({}),
  logout: () => ({}),
  saslStart: refuseCredentials,
  saslContinue: refuseCredentials,
  authenticate: refuseCredentials,
  commitTransaction: refuseTransactions,
  abortTransaction: refuseTransactions,
};

/** As a standalone MongoDB refuses them. */
export function refuseTransactions(): never {
  throw new CommandFailure(
    'IllegalOperation',
    'Transaction numbers are only allowed on a replica set member or mongos',
  );
}
