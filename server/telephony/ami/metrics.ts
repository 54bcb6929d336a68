import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AmiMessage } from './message.ts';
import type { AmiState } from './state.ts';

/** What one session tells about itself. */
export interface AmiMetrics {
  /** Events that came in since the last call, unwanted ones included. */
  events(all: number, unwanted: number): void;
  /** How long a wanted event was on its way; `nowMs` is its arrival. */
  arrived(message: AmiMessage, nowMs: number): void;
  state(state: AmiState): void;
}

const labelNames = ['pbx', 'session'];

/**
 * The metrics of one session of one PBX. Sessions share the registry's metrics and are told apart by their labels.
 * Event lag is arrival minus Asterisk's `Timestamp` (needs timestampevents=yes, and clocks that agree).
 */
export function createAmiMetrics(registry: Registry, pbx: string, session: string): AmiMetrics {
  const labels = { pbx, session };
  const events = counter(
    registry,
    'ringdesk_ami_events_total',
    'AMI events received, unwanted ones included',
  );
  const unwanted = counter(
    registry,
    'ringdesk_ami_events_unwanted_total',
    'AMI events skipped because the call model does not know or want them',
  );
  const reconnects = counter(registry, 'ringdesk_ami_reconnects_total', 'Times that an AMI link went down');
  const lag = histogram(registry);
  const up = gauge(registry);
  let wasReady = false;
  events.inc(labels, 0);
  unwanted.inc(labels, 0);
  reconnects.inc(labels, 0);
  up.set(labels, 0);

  return {
    events: (all, skipped) => {
      if (all > 0) events.inc(labels, all);
      if (skipped > 0) unwanted.inc(labels, skipped);
    },
    arrived: (message, nowMs) => {
      const sentAt = Number(message.get('Timestamp'));
      // Clocks differ by a little: a negative lag is none.
      if (sentAt > 0) lag.observe(labels, Math.max(0, nowMs / 1000 - sentAt));
    },
    state: (state) => {
      up.set(labels, state.kind === 'ready' ? 1 : 0);
      if (state.kind === 'ready') {
        wasReady = true;
      } else if (state.kind === 'down' && wasReady) {
        wasReady = false;
        reconnects.inc(labels);
      }
    },
  };
}

function counter(registry: Registry, name: string, help: string): Counter {
  const known = registry.getSingleMetric(name);
  return known instanceof Counter ? known : new Counter({ name, help, labelNames, registers: [registry] });
}

function gauge(registry: Registry): Gauge {
  const name = 'ringdesk_ami_up';
  const known = registry.getSingleMetric(name);
  if (known instanceof Gauge) return known;
  return new Gauge({
    name,
    help: '1 while the AMI session is logged in and ready',
    labelNames,
    registers: [registry],
  });
}

function histogram(registry: Registry): Histogram {
  const name = 'ringdesk_ami_event_lag_seconds';
  const known = registry.getSingleMetric(name);
  if (known instanceof Histogram) return known;
  return new Histogram({
    name,
    help: 'From the Timestamp of an AMI event to its arrival',
    labelNames,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
}
