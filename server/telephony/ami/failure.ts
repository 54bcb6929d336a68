import type { AmiOptions } from './options.ts';
import type { DownReason } from './state.ts';

/** Why a connection ended, in one line for the operator. */
export interface Failure {
  reason: DownReason;
  message: string;
}

type Place = Pick<AmiOptions, 'name' | 'host' | 'port' | 'username'>;

function place(options: Place): string {
  return `PBX ${options.name} at ${options.host}:${options.port}`;
}

export function unreachable(options: Place, cause: string): Failure {
  return {
    reason: 'unreachable',
    message: `${place(options)} is not reachable (${cause}): check that Asterisk runs, that manager.conf has enabled=yes with this port and bindaddr, and that no firewall stands between.`,
  };
}

export function tlsFailed(options: Place, cause: string): Failure {
  return {
    reason: 'tls',
    message: `${place(options)}: no TLS connection (${cause}): check that this is the port of tlsbindaddr in manager.conf, and that its certificate is valid for this name and signed by the configured CA.`,
  };
}

/** `words` are Asterisk's own. It says "Authentication failed" for a wrong secret, an unknown user and a forbidden address alike. */
export function loginRefused(options: Place, words: string): Failure {
  return {
    reason: 'login-refused',
    message: `${place(options)} refused the login of user '${options.username}' (${words}): check that manager.conf has [${options.username}] with the configured secret and a permit= line for this machine, then run "manager reload" in Asterisk.`,
  };
}

/** Asterisk said so itself (event Shutdown); it may come back in seconds or not at all. */
export function shuttingDown(options: Place): Failure {
  return {
    reason: 'shutting-down',
    message: `${place(options)} is shutting down or restarting: nothing to do, the link comes back with it.`,
  };
}

/** The connection ended after the greeting. @param cause the socket's words, or what was seen before */
export function closed(options: Place, cause: string): Failure {
  return {
    reason: 'closed',
    message: `${place(options)} closed the connection (${cause}): it was stopped or restarted, or it cut this client off; the link comes back by itself.`,
  };
}

/** `authlimit` (manager.conf, 50 by default) closes connections beyond it without a word. */
export function closedBeforeGreeting(options: Place): Failure {
  return {
    reason: 'closed',
    message: `${place(options)} closed the connection before its greeting: it is starting or stopping, or has too many connections that are not logged in (authlimit in manager.conf).`,
  };
}

/** The connection stands, and nothing comes. @param cause what was waited for, and how long */
export function dead(options: Place, cause: string): Failure {
  return {
    reason: 'dead',
    message: `${place(options)} no longer answers (${cause}): check the network between here and there, and whether Asterisk hangs.`,
  };
}

/** What came first is no greeting of AMI. @param cause what came, or that nothing did */
export function noAmi(options: Place, cause: string): Failure {
  return {
    reason: 'protocol',
    message: `${place(options)} does not speak AMI (${cause}): check that this is the port of manager.conf (default 5038; with TLS 5039) and not another service.`,
  };
}

/** A greeting came, but no answer to Login in time: Asterisk holds a lock or has no disk. */
export function noAnswerToLogin(options: Place): Failure {
  return {
    reason: 'dead',
    message: `${place(options)} accepts connections but does not answer the login: check whether Asterisk hangs ("core show locks", load, disk).`,
  };
}
