export { type Customers, createCustomers } from './customers.ts';
export { customerJobs } from './jobs.ts';
export { customerRoutes } from './routes.ts';
