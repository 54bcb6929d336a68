/** How a session stands, as its owner is told it. */
export type DownReason =
  | 'unreachable'
  | 'login-refused'
  | 'shutting-down'
  | 'closed'
  | 'dead'
  | 'protocol'
  | 'tls';

export type AmiState =
  | { kind: 'connecting' }
  /** `warning`: it works, but something should be put right in Asterisk's configuration. */
  | { kind: 'ready'; banner: string; warning?: string }
  /** `message` is one line that says what happened and what to do. `retryInMs` is 0 after `stop()`: there will be no retry. */
  | { kind: 'down'; reason: DownReason; message: string; retryInMs: number };
