import type { AmiOptions } from '../options.ts';
import { type OpenSession, openSession } from './open-session.ts';
import {
  acceptLogin,
  type ScriptedServer,
  type ScriptOptions,
  startScriptedServer,
} from './scripted-server.ts';

/** Scripted PBXs and sessions with them, which end together. */
export interface Stage {
  pbx(options?: ScriptOptions): Promise<ScriptedServer>;
  open(port: number, options?: Partial<AmiOptions>): OpenSession;
  clear(): Promise<void>;
}

export function createStage(): Stage {
  const servers: ScriptedServer[] = [];
  const sessions: OpenSession[] = [];
  return {
    pbx: async (options) => {
      const server = await startScriptedServer(options);
      servers.push(server);
      return server;
    },
    open: (port, options) => {
      const opened = openSession(port, options);
      sessions.push(opened);
      return opened;
    },
    clear: async () => {
      await Promise.all(sessions.splice(0).map(({ session }) => session.stop()));
      await Promise.all(servers.splice(0).map((server) => server.close()));
    },
  };
}

/** Answers everything but the actions named. */
export function deafTo(...actions: string[]): ScriptOptions {
  return {
    answer: (action, client) => {
      if (!actions.includes(action.get('Action') ?? '')) acceptLogin(action, client);
    },
  };
}

/** ms: what must not happen within a test. */
export const later = 60_000;
