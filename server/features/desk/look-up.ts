import type { Customer, Identification } from '@ringdesk/shared/customer';
import type { InteractionSummary, Presentation, TimelineResult } from '@ringdesk/shared/interaction';
import { Counter, Histogram, type Registry } from 'prom-client';
import { createTurns } from '../../platform/limits/turns.ts';
import type { Log } from '../../platform/log.ts';
import { createThinLog } from '../../platform/log-thinly.ts';
import type { DeskInput, Effect, LastContacts, Repeat } from './state.ts';

/** Whose contacts, but for the call itself. */
interface Whose {
  customerId: string | null;
  numbers: readonly string[];
  except?: string | undefined;
}

/** The interactions as the desk asks for them, newest first; counts are of all there are. */
export interface HistoryReader {
  recent(query: Whose & { limit: number }): Promise<InteractionSummary[]>;
  timeline(query: Whose & { limit: number; cursor?: string | undefined }): Promise<TimelineResult>;
  answered(query: Whose & { since: string; until: string }): Promise<Repeat>;
}

export interface LookUpDeps {
  customers: {
    identify(number: string | null, presentation: Presentation): Promise<Identification>;
    get(id: string): Promise<Customer | null>;
  };
  interactions: HistoryReader;
  tell(input: DeskInput): void;
  setTimer(run: () => void, ms: number): () => void;
  /** ms since the epoch. */
  now(): number;
  log: Log;
  metrics: Registry;
}

/** After this the card says that it does not know yet, and goes on trying. */
const limitMs = 2000;
/** So many lines of the history are on a card at once. */
const linesShown = 20;

export type LookUpEffect = Extract<
  Effect,
  { do: 'look-up' | 'history' | 'last-contacts' | 'fetch-customer' }
>;

/** Asks who is calling and what was before; every answer, and every failure, is told to the model. Never throws. */
export function createLookUps(deps: LookUpDeps): (effect: LookUpEffect) => Promise<void> {
  const { customers, interactions, tell, setTimer, now, log, metrics } = deps;
  const thinLog = createThinLog(log);
  /** Who is calling comes before what was before. A flood of calls waits here, in a line that has an end, and not in the database's. */
  const turns = createTurns({ atOnce: 12, waiting: 1000, patienceMs: 10_000 });
  const seconds = new Histogram({
    name: 'ringdesk_look_up_seconds',
    help: 'From the question who is calling to the answer',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers: [metrics],
  });
  const failed = new Counter({
    name: 'ringdesk_look_up_failures_total',
    help: 'Look-ups of a caller that failed or took longer than 2 s',
    registers: [metrics],
  });

  /** @param failure why; nothing when there is no answer yet */
  function fail(callId: string, attempt: number, ...failure: [error?: unknown]): void {
    failed.inc();
    const [err] = failure;
    if (failure.length === 0)
      thinLog.warn('late', { callId }, 'A caller is not looked up in time; it is waited for');
    else thinLog.warn('failed', { callId, err }, 'A caller could not be looked up; it is tried again');
    tell({ type: 'look-up-failed', callId, attempt });
  }

  async function identify(effect: Extract<Effect, { do: 'look-up' }>): Promise<void> {
    const { callId, attempt, number } = effect;
    const started = now();
    // A late answer is still an answer: it completes the card.
    let late = false;
    const cancel = setTimer(() => {
      late = true;
      fail(callId, attempt);
    }, limitMs);
    try {
      const identification = await turns.take('', () => customers.identify(number, 'allowed'), {
        first: true,
      });
      seconds.observe((now() - started) / 1000);
      tell({ type: 'identified', callId, attempt, identification });
    } catch (error) {
      if (!late) fail(callId, attempt, error);
    } finally {
      cancel();
    }
  }

  return async (effect) => {
    const { callId, attempt } = effect;
    if (effect.do === 'look-up') return identify(effect);
    try {
      if (effect.do === 'last-contacts') {
        const newest = await Promise.all(
          effect.customers.map((customerId) =>
            turns.take('', () => interactions.recent({ customerId, numbers: [], limit: 1, except: callId })),
          ),
        );
        const last: LastContacts = {};
        for (const [i, id] of effect.customers.entries()) {
          const one = newest[i]?.[0];
          if (one !== undefined) last[id] = { at: one.startedAt, reason: one.reason };
        }
        tell({ type: 'last-contacts', callId, attempt, last });
      } else if (effect.do === 'history') {
        const { customerId, numbers, repeat } = effect;
        const whose = { customerId, numbers, except: callId };
        const [history, repeated] = await turns.take('', () =>
          Promise.all([
            interactions.timeline({ ...whose, limit: linesShown }),
            repeat === null ? null : interactions.answered({ ...whose, ...repeat }),
          ]),
        );
        tell({ type: 'history', callId, attempt, history, repeat: repeated });
      } else {
        const customer = await customers.get(effect.customerId);
        if (customer === null) tell({ type: 'look-up-again', callId });
        else tell({ type: 'picked', callId, customer, by: null });
      }
    } catch (error) {
      fail(callId, attempt, error);
    }
  };
}
