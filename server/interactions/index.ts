export { interactionRoutes } from './routes.ts';
export { createInteractions, type InteractionQuery, type Interactions } from './store.ts';
