import type { ApiErrorBody } from '@ringdesk/shared/api-error';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { isStoreAway } from '../store/index.ts';

/** The answer to a path of the API that is none. */
export const unknownPath: RequestHandler = (request, _response, next) => {
  next(new Refusal('not-found', `The API has no ${request.method} ${request.baseUrl}${request.path}.`));
};

/** What a request failed of, in our own closed set. */
export function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isStoreAway(error)) {
    return new Refusal(
      'store-unavailable',
      'The database cannot be reached now; what you asked for may not have been done. Try again in a moment.',
      { cause: error },
    );
  }
  const type = bodyFault(error);
  if (type === 'entity.too.large')
    return new Refusal('too-large', 'The request is larger than is taken here; send less, or in parts.', {
      cause: error,
    });
  if (type === 'request.aborted')
    return new Refusal('bad-input', 'The request broke off before it was complete; send it again.', {
      cause: error,
    });
  if (type !== null)
    return new Refusal(
      'bad-input',
      `The body could not be read (${type}): send what its Content-Type says.`,
      { cause: error },
    );
  if (isBrokenCompression(error))
    return new Refusal('bad-input', 'The body is not compressed as its Content-Encoding says.', {
      cause: error,
    });
  if (error instanceof URIError)
    return new Refusal('bad-input', 'The address holds a broken % sequence.', { cause: error });
  return new Refusal(
    'internal',
    'Something failed here that should not; it was logged. Try again, or tell the administrator.',
    {
      cause: error,
    },
  );
}

/** Errors of zlib: https://nodejs.org/docs/latest-v20.x/api/zlib.html#constants */
function isBrokenCompression(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(Z_|ERR__?BROTLI|ERR__ERROR)/.test(error.code)
  );
}

/** The `type` that body-parser gives its errors; null for any other error. */
function bodyFault(error: unknown): string | null {
  if (!(error instanceof Error) || !('type' in error) || !('status' in error)) return null;
  const { type, status } = error;
  return typeof type === 'string' && typeof status === 'number' && status < 500 ? type : null;
}

/** Turns every error into the one shape of failed answers. */
export function failureHandler(log: Log): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = refusalFrom(error);
    if (refusal.code === 'internal') log.error({ err: error, method: request.method }, 'A request failed');
    const body: ApiErrorBody = {
      error: {
        code: refusal.code,
        message: refusal.message,
        ...(refusal.fields === undefined ? {} : { fields: [...refusal.fields] }),
        ...(refusal.meanwhile === undefined ? {} : { meanwhile: refusal.meanwhile }),
      },
    };
    response.status(refusal.status).json(body);
  };
}
