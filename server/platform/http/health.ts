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
  /** With it metrics and what is wrong may be read from anywhere: `Authorization: Bearer <token>`. */
  metricsToken: string | null;
  /** A proxy stands before us: a request from this machine may then be the whole world's. */
  behindProxy: boolean;
}

/** /healthz: the process lives. /readyz: it can serve, and the state of its parts. /metrics: for Prometheus. */
export function healthRoutes(options: HealthRoutesOptions): Router {
  const { health, metrics, metricsToken, behindProxy } = options;
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'live' });
  });

  router.get('/readyz', (request, response) => {
    const parts = health();
    const ready = Object.values(parts).every((part) => part.state === 'up' || !part.needed);
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: ready ? 'ready' : 'not-ready',
        parts: hasToken(request, metricsToken) ? parts : statesOf(parts),
      });
  });

  router.get('/metrics', async (request, response) => {
    if (!hasToken(request, metricsToken) && (behindProxy || !isLocal(request)))
      throw new Refusal(
        'forbidden',
        'Metrics are read with the token of METRICS_TOKEN, or, without a proxy before the server, from this machine.',
      );
    response.type(metrics.contentType).send(await metrics.metrics());
  });

  return router;
}

/** What strangers may know: what is up, not where it is and what it says. */
function statesOf(parts: Health): Health {
  return Object.fromEntries(
    Object.entries(parts).map(([name, { state, needed }]) => [name, { state, needed }]),
  );
}

function hasToken(request: Request, token: string | null): boolean {
  const given = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
  return token !== null && given !== undefined && sameText(given, token);
}

/** From this machine, and not from a proxy on it: that would make the whole world local. */
function isLocal(request: Request): boolean {
  if (request.get('authorization') !== undefined) return false;
  if (request.get('x-forwarded-for') !== undefined || request.get('forwarded') !== undefined) return false;
  return /^(::1|(::ffff:)?127\..*)$/.test(request.socket.remoteAddress ?? '');
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
