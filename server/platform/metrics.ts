import { collectDefaultMetrics, Registry } from 'prom-client';

/** One registry per process; each part registers its own metrics in it when it is built. Served as /metrics. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
