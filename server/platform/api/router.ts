import { randomUUID } from 'node:crypto';
import { type AnyEndpoint, isFileBody } from '@ringdesk/shared/endpoint';
import { systemActor } from '@ringdesk/shared/event';
import {
  json,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
  raw,
} from 'express';
import { currentUser, requirePermission, type Sessions } from '../auth/index.ts';
import { Refusal } from '../errors.ts';
import { type Origin, onBehalfOf } from '../events/index.ts';
import type { Log } from '../log.ts';
import { plainBodyOnly } from './plain-body.ts';
import type { Route } from './route.ts';

/** Bytes of a JSON body: the largest real one, a customer with all fields or a draft, has about 20 KB. */
const bodyLimit = 64 * 1024;
/** Bytes that a stranger may send. */
const publicBodyLimit = 2 * 1024;

export interface ApiOptions {
  routes: readonly Route[];
  sessions: Pick<Sessions, 'middleware' | 'requireUser'>;
  log: Log;
  /** Called after each request that may have changed something. */
  onChange(): void;
}

/**
 * All endpoints. For each: who asks is known, then whether they may, then the body is read, then the work is done. A body is never
 * parsed before the sender is known.
 * @throws Error when two routes have one id, or one method and path
 */
export function createApi({ routes, sessions, log, onChange }: ApiOptions): Router {
  const router = Router();
  refuseDoubles(routes);
  for (const { contract, run } of [...routes].sort(bySpecificPath)) {
    const steps: RequestHandler[] = [sessions.middleware];
    if (contract.permission !== 'public') steps.push(sessions.requireUser);
    if (contract.permission !== 'public' && contract.permission !== 'session')
      steps.push(requirePermission(contract.permission));
    if (contract.body !== null) steps.push(...bodyReader(contract));
    router[methodOf(contract)](contract.path, ...steps, async (request, response) => {
      const answer = await onBehalfOf(originOf(contract, request, response), () => run(request, response));
      if (contract.method !== 'GET') onChange();
      send(contract, answer, response, log);
    });
  }
  // Strangers are not told which paths there are.
  router.use(sessions.middleware, sessions.requireUser);
  return router;
}

/** Who asks, from where, and a number by which the request is found in the log. */
function originOf({ permission }: AnyEndpoint, request: Request, response: Response): Origin {
  const requestId = randomUUID();
  response.set('X-Request-Id', requestId);
  const address = request.ip ?? null;
  if (permission === 'public') return { actor: systemActor, requestId, address };
  const { id, name, isToken } = currentUser(request);
  return { actor: { kind: isToken === true ? 'token' : 'user', id, name }, requestId, address };
}

function methodOf({ method }: AnyEndpoint): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  const names = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;
  return names[method];
}

/** `/customers/import` before `/customers/:id`. */
function bySpecificPath(a: Route, b: Route): number {
  const key = ({ contract }: Route) => contract.path.replaceAll(/:\w+/g, '~');
  return key(a) < key(b) ? -1 : 1;
}

function refuseDoubles(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { contract } of routes) {
    for (const name of [contract.id, `${contract.method} ${contract.path.replaceAll(/:\w+/g, ':')}`]) {
      if (seen.has(name)) throw new Error(`Two endpoints are called ${name}`);
      seen.add(name);
    }
  }
}

function bodyReader(contract: AnyEndpoint): RequestHandler[] {
  const { body } = contract;
  if (!isFileBody(body)) {
    const limit = contract.permission === 'public' ? publicBodyLimit : bodyLimit;
    // No page of ours compresses what it sends; a bomb would be unpacked before it is refused.
    return [json({ limit, inflate: false }), plainBodyOnly];
  }
  const read = raw({ type: [...body.file.types], limit: body.file.limitBytes });
  const readFile = (request: Request, response: Response, next: NextFunction) => {
    read(request, response, (error?: unknown) => {
      const isTooLarge = error instanceof Error && 'type' in error && error.type === 'entity.too.large';
      next(isTooLarge ? new Refusal('too-large', body.file.tooLarge, { cause: error }) : error);
    });
  };
  return [readFile];
}

/** An answer of another shape than agreed is sent all the same: the reader may live with it, and we hear of it. */
function send(contract: AnyEndpoint, answer: unknown, response: Response, log: Log): void {
  if (response.headersSent) return;
  if (response.statusCode === 200) response.status(contract.status);
  if (contract.answer === null) {
    response.end();
    return;
  }
  const parsed = contract.answer.safeParse(answer);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.map(String).join('.'));
    log.error({ endpoint: contract.id, fields }, 'An answer has another shape than its endpoint declares');
  }
  response.json(parsed.success ? parsed.data : answer);
}
