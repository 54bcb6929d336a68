export { interactionRoutes, maySee } from './routes.ts';
export { createInteractions, type Interactions } from './store.ts';
