export { createCustomerCorrection } from './correct-customer.ts';
export { interactionRoutes, maySee } from './routes.ts';
export { createInteractions, type Interactions } from './store.ts';
