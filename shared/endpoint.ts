import type { z } from 'zod';
import type { Permission } from './permission.ts';

/**
 * An endpoint of the API, said once. From it come the server's parsing, permission check and answer, the page's typed client,
 * docs/openapi.json, the metric's label and the generated tests. Without a permission it does not compile.
 */
export interface Endpoint<
  P extends Part = Part,
  Q extends Part = Part,
  B extends Body = Body,
  A extends Part = Part,
> {
  /** Unique, `feature.verb`: the operation's name in the API description. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api`, e.g. `/customers/:id`. */
  path: `/${string}`;
  /** `public`: anybody. `session`: whoever is logged in. Else who holds the permission, in whatever scope. */
  permission: Permission | 'public' | 'session';
  /** One plain sentence, verb first. */
  summary: string;
  params: P | null;
  query: Q | null;
  body: B | null;
  /** null: the answer is empty, 204. */
  answer: A | null;
  /** Of a good answer; 200, or 204 without a body, unless said otherwise. */
  status: number;
  /** A body that is accepted, for the API description and its tests. */
  example: unknown;
}

export type Part = z.ZodType | null;
export type Body = Part | FileBody;

/** A file as the body, as it is. */
export interface FileBody {
  file: { types: readonly string[]; limitBytes: number; tooLarge: string };
}

export type AnyEndpoint = Endpoint<Part, Part, Body, Part>;

interface Given<P extends Part, Q extends Part, B extends Body, A extends Part> {
  id: string;
  method: AnyEndpoint['method'];
  path: AnyEndpoint['path'];
  permission: AnyEndpoint['permission'];
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  answer?: A;
  status?: number;
  example?: unknown;
}

/** Declares an endpoint; what is left out is none. */
export function endpoint<
  P extends Part = null,
  Q extends Part = null,
  B extends Body = null,
  A extends Part = null,
>(given: Given<P, Q, B, A>): Endpoint<P, Q, B, A> {
  return {
    id: given.id,
    method: given.method,
    path: given.path,
    permission: given.permission,
    summary: given.summary,
    params: given.params ?? null,
    query: given.query ?? null,
    body: given.body ?? null,
    answer: given.answer ?? null,
    status: given.status ?? (given.answer === undefined ? 204 : 200),
    example: given.example ?? null,
  };
}

/** What the server gets of a part: parsed. */
export type Parsed<T> = T extends z.ZodType ? z.output<T> : T extends FileBody ? Uint8Array : undefined;
/** What whoever asks gives for a part. */
export type Sent<T> = T extends z.ZodType ? z.input<T> : T extends FileBody ? Blob : undefined;

/** Whether the body is a file as it is, and no JSON. */
export const isFileBody = (body: Body): body is FileBody => body !== null && 'file' in body;
