import type { Request, RequestHandler } from 'express';
import { Histogram, type Registry } from 'prom-client';
import type { Log } from '../log.ts';

/** Measures requests and logs them: by the route's pattern, so that no number or id stands in a log or a metric. */
export function observeRequests({ log, metrics }: { log: Log; metrics: Registry }): RequestHandler {
  const duration = new Histogram({
    name: 'ringdesk_http_request_duration_seconds',
    help: 'Time to answer requests of the API',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [metrics],
  });
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const ms = performance.now() - startedAt;
      const route = routeOf(request);
      const status = response.writableFinished ? response.statusCode : 499;
      duration.observe({ method: request.method, route, status: String(status) }, ms / 1000);
      const entry = { method: request.method, route, status, ms: Math.round(ms) };
      if (status >= 500) log.warn(entry, 'Request failed');
      else log.debug(entry, 'Request');
    });
    next();
  };
}

/** The pattern (`/api/customers/:id`), not the path: a path may hold what is personal. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string')
    return `/api${route.path}`;
  return '/api/*';
}
