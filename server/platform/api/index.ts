export { type ApiDescription, describeApi } from './openapi.ts';
export { type Call, implement, type Route } from './route.ts';
export { createApi } from './router.ts';
