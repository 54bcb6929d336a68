import type { AnyEndpoint, Body, Endpoint, Parsed, Part, Sent } from '@ringdesk/shared/endpoint';
import { isFileBody } from '@ringdesk/shared/endpoint';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { currentUser, type Member } from '../auth/index.ts';
import { Refusal } from '../errors.ts';
import { parseInput } from './input.ts';

/** One request to an endpoint, parsed. */
export interface Call<P = undefined, Q = undefined, B = undefined> {
  params: P;
  query: Q;
  body: B;
  /** Who asks. @throws Refusal `not-logged-in` at a public endpoint */
  readonly user: Member;
  /** For what is about the way itself: the session, the address, a header. */
  request: Request;
  response: Response;
}

/** An endpoint together with what does its work; a feature's index.ts gives a list of them. */
export interface Route {
  contract: AnyEndpoint;
  /** @returns the answer's body, unparsed */
  run(request: Request, response: Response): Promise<unknown>;
}

type Answer<A> = A extends z.ZodType ? Sent<A> : undefined;

/**
 * Ties an endpoint to what does its work. Parameters, query and body come parsed; what is returned is the answer.
 * A Refusal that is thrown becomes the answer of its code.
 */
export function implement<P extends Part, Q extends Part, B extends Body, A extends Part>(
  contract: Endpoint<P, Q, B, A>,
  work: (
    call: Call<Parsed<P>, Parsed<Q>, Parsed<B>>,
  ) => A extends null ? void | Promise<void> : Answer<A> | Promise<Answer<A>>,
): Route {
  return {
    contract,
    async run(request, response) {
      return work({
        params: part<P>(contract.params, request.params),
        query: part<Q>(contract.query, request.query),
        body: bodyOf<B>(contract.body, request.body),
        get user() {
          return currentUser(request);
        },
        request,
        response,
      });
    },
  };
}

function part<T extends Part>(schema: T | null, value: unknown): Parsed<T>;
function part(schema: Part, value: unknown): unknown {
  return schema === null ? undefined : parseInput(schema, value);
}

function bodyOf<B extends Body>(schema: B | null, value: unknown): Parsed<B>;
function bodyOf(schema: Body, value: unknown): unknown {
  if (schema === null) return undefined;
  if (!isFileBody(schema)) return parseInput(schema, value);
  if (Buffer.isBuffer(value)) return value;
  throw new Refusal(
    'bad-input',
    `The file is missing: send it as the body, with the type ${schema.file.types[0]}.`,
  );
}
