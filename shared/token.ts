import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { plainText } from './plain-text.ts';
import { permissionGrants } from './team.ts';

/** A key by which a program uses the API: `Authorization: Bearer …`. Only its hash is kept. */
export const apiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    /** What it may; it has no desk. */
    grants: permissionGrants,
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    /** null: until it is revoked. */
    expiresAt: z.iso.datetime().nullable(),
    /** To some minutes; null: never. */
    lastUsedAt: z.iso.datetime().nullable(),
    lastAddress: z.string().nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiToken>;

export const tokenInput = z.object({
  name: z.string().overwrite(plainText).trim().min(1).max(100),
  grants: permissionGrants,
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
});
export type TokenInput = z.infer<typeof tokenInput>;

export const tokensApi = {
  list: endpoint({
    id: 'tokens.list',
    method: 'GET',
    path: '/tokens',
    permission: 'tokens.manage',
    summary: 'Lists the tokens that are not revoked, the newest first.',
    answer: z.object({ tokens: z.array(apiToken) }),
  }),
  create: endpoint({
    id: 'tokens.create',
    method: 'POST',
    path: '/tokens',
    permission: 'tokens.manage',
    summary: 'Makes a token. Its secret is told once, here; it cannot hold more than its maker may.',
    body: tokenInput,
    answer: z.object({ token: apiToken, secret: z.string() }),
    status: 201,
    example: { name: 'Site', grants: { 'customers.read': 'all' }, expiresAt: null },
  }),
  revoke: endpoint({
    id: 'tokens.revoke',
    method: 'DELETE',
    path: '/tokens/:id',
    permission: 'tokens.manage',
    summary: 'Makes a token worthless, and closes its feeds.',
    params: z.object({ id: z.string().min(1).max(100) }),
  }),
};
