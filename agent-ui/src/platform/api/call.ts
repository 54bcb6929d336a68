import type { AnyEndpoint, Body, Endpoint, Parsed, Part, Sent } from '@ringdesk/shared/endpoint';
import type { z } from 'zod';
import { ApiFailure } from './failure.ts';
import { bodyOf, type RequestOptions, send } from './request.ts';

/** What an endpoint takes: its parameters, its query, its body, as far as it has them. */
export type Given<P extends Part, Q extends Part, B extends Body> = (P extends z.ZodType
  ? { params: Sent<P> }
  : unknown) &
  (Q extends z.ZodType ? { query?: Sent<Q> } : unknown) &
  (B extends null ? unknown : { body: Sent<B> });

export type CallOptions = Pick<RequestOptions, 'limitMs' | 'signal' | 'contentType'>;

/**
 * Asks the server what the contract says, and parses the answer by it.
 * @throws ApiFailure for every way in which it can fail
 */
export function call<P extends Part, Q extends Part, B extends Body, A extends Part>(
  contract: Endpoint<P, Q, B, A>,
  given: Given<P, Q, B>,
  options?: CallOptions,
): Promise<Parsed<A>>;
export async function call(
  contract: AnyEndpoint,
  given: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  const path = pathOf(contract.path, entriesOf(part(given, 'params')), entriesOf(part(given, 'query')));
  const body = part(given, 'body');
  const response = await send(path, {
    ...options,
    method: contract.method,
    ...(body === undefined ? {} : { body }),
  });
  return answerOf(contract, response, options);
}

/** Reads an answer by its contract. @throws ApiFailure when it has another shape */
export async function answerOf<A extends Part>(
  contract: { id: string; answer: A | null },
  response: Response,
  options?: CallOptions,
): Promise<Parsed<A>>;
export async function answerOf(
  contract: Pick<AnyEndpoint, 'id' | 'answer'>,
  response: Response,
  options: CallOptions = {},
): Promise<unknown> {
  if (contract.answer === null) return undefined;
  const answer = await bodyOf(response);
  // Half an answer to who asks no more is no answer of another shape.
  options.signal?.throwIfAborted();
  const parsed = contract.answer.safeParse(answer);
  if (parsed.success) return parsed.data;
  const message = `${contract.id}: the answer has another shape than agreed`;
  console.error(message, parsed.error.issues);
  throw new ApiFailure('internal', response.status, message);
}

/** The address of an endpoint, e.g. for a link to a file. */
export function pathOf(
  pattern: string,
  params: readonly [string, string][] = [],
  query: readonly [string, string][] = [],
): string {
  const filled = params.reduce(
    (path, [name, value]) => path.replace(`:${name}`, encodeURIComponent(value)),
    pattern,
  );
  const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
  return `/api${filled}${search === '' ? '' : `?${search}`}`;
}

function part(given: unknown, name: 'params' | 'query' | 'body'): unknown {
  return typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
}

function entriesOf(values: unknown): [string, string][] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  );
}
