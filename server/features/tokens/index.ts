import { tokensApi } from '@ringdesk/shared/token';
import { implement } from '../../platform/api/index.ts';
import { type Tokens, tokensName } from '../../platform/auth/index.ts';
import type { Feature } from '../../platform/feature.ts';

/** Keys by which programs use the API, as an administrator keeps them. */
export function tokensFeature({ tokens }: { tokens: Tokens }): Feature {
  return {
    sources: [tokensName],
    routes: [
      implement(tokensApi.list, async () => ({ tokens: await tokens.list() })),
      implement(tokensApi.create, ({ user, body }) => tokens.create(user, body)),
      implement(tokensApi.revoke, ({ params: { id } }) => tokens.revoke(id)),
    ],
  };
}
