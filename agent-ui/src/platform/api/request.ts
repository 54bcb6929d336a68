import { ApiFailure, failureFrom } from './failure.ts';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a file is sent as it is, with `contentType`. */
  body?: unknown;
  contentType?: string;
  /** ms; after it the request fails with `timeout`. */
  limitMs?: number;
  signal?: AbortSignal;
  /** A status above 400 that is an answer as well. */
  accept?: number;
}

/**
 * Sends one request and waits for a good answer.
 * @param path from the root, e.g. `/api/me`
 * @throws ApiFailure for every way in which it can fail
 */
export async function send(path: string, options: RequestOptions): Promise<Response> {
  const limit = AbortSignal.timeout(options.limitMs ?? 15_000);
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
  const init: RequestInit = { method: options.method ?? 'GET', credentials: 'same-origin', signal };
  if (options.body !== undefined) {
    init.body = options.body instanceof Blob ? options.body : JSON.stringify(options.body);
    init.headers = { 'Content-Type': options.contentType ?? 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (limit.aborted) throw new ApiFailure('timeout', 0, `${path}: no answer in time`);
    throw new ApiFailure('network', 0, `${path}: the server cannot be reached`);
  }
  if (response.ok || response.status === options.accept) return response;
  throw await failureFrom(response.status, await bodyOf(response));
}

/** The JSON of an answer, or null: an error page of a proxy must not hide the status. */
export async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
