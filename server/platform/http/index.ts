import { createServer, type Server } from 'node:http';
import { type Welcome, welcomeApi } from '@ringdesk/shared/welcome';
import express, { type Express } from 'express';
import type { Registry } from 'prom-client';
import { createApi, describeApi, implement, type Route } from '../api/index.ts';
import type { Sessions } from '../auth/index.ts';
import type { Log } from '../log.ts';
import { apiDocs } from './api-docs.ts';
import { connectionsFor, limitPerNetwork, openFilesLimit, timeLimits } from './connections.ts';
import { failureHandler, unknownPath } from './failure.ts';
import { type Health, healthRoutes } from './health.ts';
import { pageRoutes } from './page.ts';
import { httpsUnlessSaid } from './proxies.ts';
import { observeRequests } from './requests.ts';
import { localNamesOnly, sameOriginOnly, securityHeaders } from './security.ts';

export type { Health } from './health.ts';
export { fromProxy } from './proxies.ts';

export interface HttpOptions {
  config: {
    /** The addresses of the proxies before us, whose X-Forwarded-* headers are believed; empty: none. */
    trustProxy: readonly string[];
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
  /** Answer only who asks for this machine by its own name: a page elsewhere could bring its name here (DNS rebinding). */
  localNamesOnly: boolean;
  health(): Health;
  /** What the login page shows. */
  welcome(): Welcome | Promise<Welcome>;
}

/** Builds the web server; `server.listen` is left to the caller. Failed requests below /api are always answered as `ApiErrorBody`. */
export function createHttp(options: HttpOptions): { app: Express; server: Server } {
  const { config, log, metrics, sessions, staticDir, health, welcome } = options;
  const app = express();
  app.disable('x-powered-by');
  if (options.localNamesOnly) app.use(localNamesOnly);
  // By their addresses: whoever reaches the port beside the proxy may write into the headers what they like.
  app.set('trust proxy', [...config.trustProxy]);
  const behindProxy = config.trustProxy.length > 0;
  if (behindProxy) app.use(httpsUnlessSaid(config.trustProxy));
  app.use(securityHeaders({ https: behindProxy }));
  app.use(healthRoutes({ health, metrics, metricsToken: config.metricsToken, behindProxy }));

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
  const server = createServer(timeLimits, app);
  server.maxConnections = connectionsFor(openFilesLimit());
  limitPerNetwork(server, config.trustProxy);
  return { app, server };
}
