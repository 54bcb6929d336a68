import type { Server } from 'node:http';
import type { Welcome } from '@ringdesk/shared/welcome';
import type { Desk } from './features/desk/index.ts';
import { auditRoutes } from './platform/audit/index.ts';
import type { Feature } from './platform/feature.ts';
import { createHttp, fromProxy, type Health } from './platform/http/index.ts';
import { jobRoutes } from './platform/jobs/index.ts';
import { createLive, type Live, openFeed } from './platform/live/index.ts';
import type { Platform } from './platform/platform.ts';

export interface WebOptions {
  platform: Platform;
  features: readonly Feature[];
  desk: Desk;
  /** Where the built page is. */
  staticDir: string;
  /** Answer only who asks for this machine by its own name. */
  localNamesOnly: boolean;
  health(): Health;
  /** What the login page shows. */
  welcome(): Welcome;
}

/** Builds what browsers reach: the API of all features, the page, and the live link. It does not listen yet. */
export function openWeb(options: WebOptions): { server: Server; live: Live } {
  const { platform, features, desk } = options;
  const { config, store, events, jobs, log, metrics, sessions, topics, begin } = platform;
  const { server } = createHttp({
    ...options,
    ...platform,
    routes: [
      ...features.flatMap(({ routes = [] }) => routes),
      ...jobRoutes({ jobs }),
      ...auditRoutes({
        store,
        readers: Object.assign({}, ...features.map(({ history = {} }) => history)),
      }),
    ],
    onChange: () => events.nudge(),
  });
  begin({ name: 'the web server', limitMs: 3000, run: () => closeServer(server) });
  const live = createLive({
    httpServer: server,
    sessionMiddleware: sessions.middleware,
    userOf: sessions.userOf,
    endedAmong: sessions.endedAmong,
    viewOf: desk.viewOf,
    topics,
    onPresence: desk.onPresence,
    isProxy: fromProxy(config.trustProxy),
    log,
    metrics,
  });
  const feed = openFeed({ ...platform, httpServer: server });
  begin({ name: 'the feeds', limitMs: 1000, run: () => feed.close() });
  sessions.onEnded(({ sessionId }) => live.bye({ sessionId }));
  begin({ name: 'the live links', limitMs: 1000, run: () => live.close() });
  begin({ name: 'the live topics', limitMs: 1000, run: () => topics.close() });
  return { server, live };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A browser keeps its connection after the answer: it is idle then, and would be waited for.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}
