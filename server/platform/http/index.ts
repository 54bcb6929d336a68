import { createServer, type Server } from 'node:http';
import type { Welcome } from '@ringdesk/shared/welcome';
import express, { type Express, json, type RequestHandler, type Router } from 'express';
import type { Registry } from 'prom-client';
import type { Log } from '../log.ts';
import { failureHandler, unknownPath } from './failure.ts';
import { type Health, healthRoutes } from './health.ts';
import { pageRoutes } from './page.ts';
import { observeRequests } from './requests.ts';
import { sameOriginOnly, securityHeaders } from './security.ts';

export type { Health } from './health.ts';

export interface HttpOptions {
  config: {
    /** A reverse proxy stands before us: its X-Forwarded-* headers are believed. */
    trustProxy: boolean;
    metricsToken: string | null;
  };
  log: Log;
  metrics: Registry;
  /** From `createSessions`. */
  sessions: { middleware: RequestHandler; requireUser: RequestHandler };
  /** Routes below /api for anybody, e.g. the login; a request through them has a session. */
  openRouters: readonly Router[];
  /** Routes below /api for who is logged in. */
  routers: readonly Router[];
  /** Where the built page is. */
  staticDir: string;
  health(): Health;
  /** What the login page shows. */
  welcome(): Welcome | Promise<Welcome>;
}

/** Builds the web server; `server.listen` is left to the caller. Failed requests below /api are always answered as `ApiErrorBody`. */
export function createHttp(options: HttpOptions): { app: Express; server: Server } {
  const { config, log, metrics, sessions, openRouters, routers, staticDir, health, welcome } = options;
  const app = express();
  app.disable('x-powered-by');
  // One proxy, the nearest: whatever a client writes into the header before it is not believed.
  app.set('trust proxy', config.trustProxy ? 1 : false);
  app.use(securityHeaders({ https: config.trustProxy }));
  app.use(healthRoutes({ health, metrics, metricsToken: config.metricsToken }));

  const api = express.Router();
  api.use(observeRequests({ log, metrics }));
  api.use((_request, response, next) => {
    // Answers are about people and change at any moment: no cache may keep them.
    response.set('Cache-Control', 'no-store');
    next();
  });
  api.use(sameOriginOnly);
  api.use(json({ limit: '1mb' }));
  api.get('/welcome', async (_request, response) => {
    response.json(await welcome());
  });
  api.use(sessions.middleware);
  for (const router of openRouters) api.use(router);
  api.use(sessions.requireUser);
  for (const router of routers) api.use(router);
  api.use(unknownPath);
  app.use('/api', api);

  app.use(pageRoutes({ staticDir }));
  app.use(failureHandler(log));
  return { app, server: createServer(app) };
}
