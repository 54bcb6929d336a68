import { readFileSync } from 'node:fs';
import type { PbxConfig } from '../../config/index.ts';
import {
  type AmiMessage,
  type AmiSession,
  type AmiState,
  createAmiSession,
} from '../../telephony/ami/index.ts';
import { type Finding, failed } from './finding.ts';

const patienceMs = 10_000;

export interface Login {
  user: string;
  secret: string;
  /** As AMI's Login has it: `off`, or classes. Default: off. */
  events?: string;
  onMessage?(message: AmiMessage): void;
}

export interface Opened {
  session: AmiSession;
  state: Extract<AmiState, { kind: 'ready' }>;
}

/**
 * Logs one user in, does something, and logs off. The doctor's session tries once: what keeps it from the login is the finding.
 */
export async function withSession<T>(
  pbx: PbxConfig,
  login: Login,
  use: (opened: Opened) => Promise<T>,
): Promise<T | Finding> {
  let settle: (state: AmiState) => void = () => {};
  const settled = new Promise<AmiState>((resolve) => {
    settle = resolve;
  });
  const session = createAmiSession({
    name: pbx.name,
    host: pbx.host,
    port: pbx.port,
    ...(pbx.tls
      ? { tls: pbx.tlsCaFile === undefined ? {} : { ca: readFileSync(pbx.tlsCaFile, 'utf8') } }
      : {}),
    username: login.user,
    secret: login.secret,
    events: login.events ?? 'off',
    onMessage: (message) => login.onMessage?.(message),
    onState: (state) => {
      if (state.kind !== 'connecting') settle(state);
    },
  });
  const limit = setTimeout(() => settle({ kind: 'connecting' }), patienceMs);
  session.start();
  try {
    const state = await settled;
    if (state.kind === 'down')
      return failed(aboutPbx(pbx), state.message, 'See docs/asterisk/README.md, step 1.');
    if (state.kind === 'connecting')
      return failed(
        aboutPbx(pbx),
        `${pbx.host}:${pbx.port} did not finish a login within ${patienceMs / 1000} s`,
        'Check PBX_HOST, PBX_PORT and a firewall between.',
      );
    return await use({ session, state });
  } finally {
    clearTimeout(limit);
    await session.stop();
  }
}

export const aboutPbx = ({ name }: PbxConfig) => `pbx ${name}`;
