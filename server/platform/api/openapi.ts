import { apiError } from '@ringdesk/shared/api-error';
import { type AnyEndpoint, isFileBody } from '@ringdesk/shared/endpoint';
import { z } from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';

export type ApiDescription = oas31.OpenAPIObject;

const failure = apiError.meta({
  id: 'Failure',
  description: 'Every failed request is answered in this shape.',
});

/** The description of the API for programs, OpenAPI 3.1: made of the endpoints' contracts alone. */
export function describeApi(endpoints: readonly AnyEndpoint[]): ApiDescription {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Ringdesk',
      version: '1',
      description:
        'The page uses this very API. Times are ISO 8601 in UTC, durations are whole milliseconds, what is absent is null.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/api' }],
    paths: paths satisfies ZodOpenApiPathsObject,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'ringdesk' } },
    },
  });
}

function operation(endpoint: AnyEndpoint): ZodOpenApiOperationObject {
  const { id, permission, summary, params, query, status, answer } = endpoint;
  const feature = id.split('.')[0] ?? id;
  return {
    operationId: id,
    tags: [feature],
    summary,
    description: whoMay(permission),
    security: permission === 'public' ? [] : [{ session: [] }],
    ...(params === null && query === null
      ? {}
      : { requestParams: { ...objectPart('path', params), ...objectPart('query', query) } }),
    ...requestBody(endpoint),
    responses: {
      [String(status)]: {
        description: answer === null ? 'Done.' : 'The answer.',
        ...(answer === null ? {} : { content: { 'application/json': { schema: answer } } }),
      },
      default: { description: 'It failed.', content: { 'application/json': { schema: failure } } },
    },
  };
}

function whoMay(permission: AnyEndpoint['permission']): string {
  if (permission === 'public') return 'Without a session.';
  return permission === 'session' ? 'For whoever is logged in.' : `Needs the permission \`${permission}\`.`;
}

function objectPart(name: 'path' | 'query', part: AnyEndpoint['params']) {
  return part instanceof z.ZodObject ? { [name]: part } : {};
}

function requestBody({ body, example }: AnyEndpoint): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (body === null) return {};
  if (isFileBody(body)) {
    const schema = { type: 'string', format: 'binary' } as const;
    return {
      requestBody: {
        required: true,
        content: Object.fromEntries(body.file.types.map((type) => [type, { schema }])),
      },
    };
  }
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: body, ...(example === null ? {} : { example }) } },
    },
  };
}
