import { timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import type { Registry } from 'prom-client';
import { Refusal } from '../errors.ts';

/** A part of the service, for who watches over it. */
interface PartHealth {
  state: 'up' | 'down';
  /** Without it the server is no use, and should get no traffic. A database that is away is no such part: live calls go on. */
  needed: boolean;
  /** What is wrong and what to do, for people; no personal data. */
  detail?: string | null;
}
export type Health = Readonly<Record<string, PartHealth>>;

export interface HealthRoutesOptions {
  health(): Health;
  metrics: Registry;
  /** With it metrics may be read from elsewhere: `Authorization: Bearer <token>`. */
  metricsToken: string | null;
}

/** /healthz: the process lives. /readyz: it can serve, and the state of its parts. /metrics: for Prometheus. */
export function healthRoutes({ health, metrics, metricsToken }: HealthRoutesOptions): Router {
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'live' });
  });

  router.get('/readyz', (_request, response) => {
    const parts = health();
    const ready = Object.values(parts).every((part) => part.state === 'up' || !part.needed);
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ready ? 'ready' : 'not-ready', parts });
  });

  router.get('/metrics', async (request, response) => {
    if (!mayRead(request, metricsToken))
      throw new Refusal(
        'forbidden',
        'Metrics are read from this machine, or with the token of METRICS_TOKEN.',
      );
    response.type(metrics.contentType).send(await metrics.metrics());
  });

  return router;
}

function mayRead(request: Request, token: string | null): boolean {
  const given = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (token !== null && given !== undefined) return sameText(given, token);
  // A proxy on this machine would make the whole world local.
  if (request.get('x-forwarded-for') !== undefined || request.get('forwarded') !== undefined) return false;
  return /^(::1|(::ffff:)?127\..*)$/.test(request.socket.remoteAddress ?? '');
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
