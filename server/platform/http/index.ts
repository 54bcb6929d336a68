import { createServer, type Server } from 'node:http';
import { type Welcome, welcomeApi } from '@ringdesk/shared/welcome';
import express, { type Express } from 'express';
import type { Registry } from 'prom-client';
import { createApi, describeApi, implement, type Route } from '../api/index.ts';
import type { Sessions } from '../auth/index.ts';
import type { Log } from '../log.ts';
import { apiDocs } from './api-docs.ts';
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
  sessions: Pick<Sessions, 'middleware' | 'requireUser'>;
  /** What the features answer. */
  routes: readonly Route[];
  /** Called after each request that may have changed something. */
  onChange(): void;
  /** Where the built page is. */
  staticDir: string;
  health(): Health;
  /** What the login page shows. */
  welcome(): Welcome | Promise<Welcome>;
}

/** Builds the web server; `server.listen` is left to the caller. Failed requests below /api are always answered as `ApiErrorBody`. */
export function createHttp(options: HttpOptions): { app: Express; server: Server } {
  const { config, log, metrics, sessions, staticDir, health, welcome } = options;
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
  const routes = [implement(welcomeApi.read, welcome), ...options.routes];
  api.use(apiDocs(describeApi(routes.map(({ contract }) => contract))));
  api.use(createApi({ routes, sessions, log, onChange: options.onChange }));
  api.use(unknownPath);
  app.use('/api', api);

  app.use(pageRoutes({ staticDir }));
  app.use(failureHandler(log));
  return { app, server: createServer(app) };
}
