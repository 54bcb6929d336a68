export { type Customers, createCustomers } from './customers.ts';
export { customerRoutes } from './routes.ts';
