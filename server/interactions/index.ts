import { createInteractionStore, type InteractionStoreOptions } from './store.ts';

export { interactionRoutes } from './routes.ts';
export type { InteractionQuery } from './store.ts';

/** The records of all contacts. All of it throws Refusal; `store-unavailable` at once while the database is away. */
export type Interactions = ReturnType<typeof createInteractionStore>;

export function createInteractions(options: InteractionStoreOptions): Interactions {
  return createInteractionStore(options);
}
