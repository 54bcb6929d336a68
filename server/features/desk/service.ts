import { randomUUID } from 'node:crypto';
import type { DeskView } from '@ringdesk/shared/desk';
import { Gauge } from 'prom-client';
import { ClockWatch } from '../../platform/clock-watch.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Control } from '../../telephony/control/index.ts';
import type { DeskDeps } from './deps.ts';
import { draftRecord, type OutboxItem } from './kept.ts';
import { createLookUps } from './look-up.ts';
import { step } from './model.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import {
  createDesks,
  type DeskAgent,
  type DeskInput,
  type Desks,
  type DraftRecord,
  type Effect,
} from './state.ts';
import { viewOf } from './view.ts';
import { createViewPushScheduler } from './view-push-scheduler.ts';

const tickMs = 1000;
const reloadMs = 2000;

/** The desk's running heart: the model with its clock, and the hands that do what the model asks for. */
export interface DeskCore {
  readonly desks: Desks;
  readonly deps: DeskDeps;
  /**
   * Tells the model something. Views are pushed at the end of this turn of the event loop, no I/O stands before that; phones and members alone may wait a moment.
   * @returns when what must not be lost is on the local disk. @throws when the disk does not take it
   */
  tell(input: DeskInput): Promise<void>;
  /** As `tell`, for what happens by itself: a failure is logged. */
  note(input: DeskInput): void;
  /** The agent has a desk from now on, under this name and with this phone. */
  ensureAgent(agent: DeskAgent): void;
  viewOf(agent: string): DeskView | null;
  /** The PBX's hands. @throws Refusal `pbx-unavailable` while the link is down */
  controlOf(pbx: string | null): Control;
  now(): number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createCore(deps: DeskDeps): DeskCore {
  const { log, metrics, now = Date.now, elapsed = () => performance.now(), setTimer = timer } = deps;
  const clockWatch = new ClockWatch(now, elapsed);
  const epoch = randomUUID();
  const desks = createDesks({ wrapUpLimitMs: deps.wrapUpLimits().other });
  desks.wrapUpLimits = deps.wrapUpLimits();
  const lookUp = createLookUps({
    customers: deps.customers,
    interactions: deps.interactions,
    tell: note,
    setTimer,
    now,
    log,
    metrics,
  });
  let outbox: Outbox | null = null;
  const pushes = createViewPushScheduler({ viewOf: currentView, push: deps.push, setTimer, log });
  let stopped = false;
  const timers = new Set<() => void>();
  new Gauge({
    name: 'ringdesk_desk_outbox_waiting',
    help: 'What agents wrote and the database has not taken yet',
    registers: [metrics],
    collect() {
      this.set(outbox?.waiting().length ?? 0);
    },
  });

  function logUnsafe(error: unknown): void {
    log.error(
      { err: error },
      'The desk could not keep what happened. Look at the disk of the data directory.',
    );
  }

  function note(input: DeskInput): void {
    tell(input).catch(logUnsafe);
  }

  async function tell(input: DeskInput): Promise<void> {
    const byMs = clockWatch.jumped();
    const shifted = byMs === 0 ? null : carryOn({ type: 'clock-set', byMs });
    await Promise.all([shifted, carryOn(input)]);
  }

  async function carryOn(input: DeskInput): Promise<void> {
    const outcome = step(desks, input, now());
    pushes.changed(outcome.changed, !isCalm(input));
    await Promise.all(outcome.effects.map(carryOut));
  }

  function currentView(agent: string): DeskView | null {
    const desk = desks.agents.get(agent);
    return desk === undefined ? null : viewOf(desks, desk, epoch, now());
  }

  /** @returns what has to be waited for before the word of an agent is safe */
  function carryOut(effect: Effect): Promise<void> {
    switch (effect.do) {
      case 'look-up':
      case 'history':
      case 'last-contacts':
      case 'fetch-customer':
        void lookUp(effect);
        return Promise.resolve();
      case 'pause':
        void pause(effect);
        return Promise.resolve();
      case 'save-wrap-up':
        return put({ kind: 'wrap-up', record: effect.record });
      case 'keep-draft':
        return put({ kind: 'draft', record: effect.record });
      case 'set-customer': {
        const { interactionId, customerId, by, added } = effect;
        return put({ kind: 'customer', interactionId, customerId, by, added });
      }
      case 'take-number': {
        const { customerId, number, by } = effect;
        return put({ kind: 'take-number', customerId, number, by });
      }
      case 'learn': {
        const { number, customerId, by } = effect;
        return put({ kind: 'learn', number, customerId, by });
      }
    }
  }

  function put(item: OutboxItem): Promise<void> {
    if (outbox === null) return Promise.reject(new Error('The desk is not started'));
    return outbox.put(item);
  }

  /** Drafts last: that of a settled form says that its wrap-up is kept. */
  async function deliver(items: readonly OutboxItem[]): Promise<void> {
    const wrapUps = items.flatMap((item) => (item.kind === 'wrap-up' ? [item.record] : []));
    if (wrapUps.length > 0) await deps.interactions.saveWrapUps(wrapUps);
    for (const item of items) {
      if (item.kind === 'customer')
        await deps.interactions.setCustomer(item.interactionId, item.customerId, item.by, item.added);
      else if (item.kind === 'take-number') await takeNumber(item);
      else if (item.kind === 'learn')
        await deps.customers.learnPick({ number: item.number, customerId: item.customerId, by: item.by });
    }
    const drafts = items.flatMap((item) => (item.kind === 'draft' ? [item.record] : []));
    if (drafts.length > 0) await deps.drafts.save(drafts);
  }

  /** A customer who is not there any more has no number to lose. */
  async function takeNumber({ customerId, number }: { customerId: string; number: string }): Promise<void> {
    try {
      await deps.customers.removePhone(customerId, number);
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
    }
  }

  async function pause(effect: Extract<Effect, { do: 'pause' }>): Promise<void> {
    let failed: string | null = null;
    try {
      const control = controlOf(effect.pbx);
      for (const queue of effect.queues ?? [null])
        await control.pause(effect.device, effect.paused, effect.reason, queue);
    } catch (error) {
      failed = error instanceof Refusal ? error.message : 'The PBX could not be asked.';
      log.warn({ err: error, device: effect.device }, 'The queue pause of a phone could not be set');
    }
    await tell({ type: 'pause-answered', agent: effect.agent, failed });
  }

  function controlOf(pbx: string | null): Control {
    const name = pbx ?? desks.links.keys().next().value ?? '';
    const control = desks.links.get(name)?.state === 'up' ? deps.control(name) : null;
    if (control !== null) return control;
    throw new Refusal(
      'pbx-unavailable',
      'The link to Asterisk is cut, so nothing can be asked of it now. Use the phone itself, and try again when the link is back.',
    );
  }

  /** Calls `run` again and again, `ms` after its last end. */
  function every(ms: number, run: () => void): void {
    const cancel = setTimer(() => {
      timers.delete(cancel);
      if (stopped) return;
      run();
      every(ms, run);
    }, ms);
    timers.add(cancel);
  }

  /** Brings the agents and their open cards back. While the database is away, what lies on the local disk is shown at once. */
  async function load(): Promise<void> {
    const local = (outbox?.waiting() ?? []).flatMap((item) => (item.kind === 'draft' ? [item.record] : []));
    try {
      const agents = await deps.agents();
      const kept = (await deps.drafts.load()).flatMap((found) => {
        const parsed = draftRecord.safeParse(found);
        if (!parsed.success)
          log.error('A kept draft has another shape than this version knows; it is left out');
        return parsed.success ? [parsed.data] : [];
      });
      await tell({ type: 'agents', agents });
      await tell({ type: 'restored', records: latest([...kept, ...local]) });
    } catch (error) {
      if (stopped) return;
      log.warn({ err: error }, 'The agents and their open cards cannot be read yet; trying again');
      await tell({ type: 'restored', records: local });
      const cancel = setTimer(() => {
        timers.delete(cancel);
        if (!stopped) void load().catch(logUnsafe);
      }, reloadMs);
      timers.add(cancel);
    }
  }

  return {
    desks,
    deps,
    tell,
    note,
    viewOf: currentView,
    controlOf,
    now,
    ensureAgent(agent) {
      const known = desks.agents.get(agent.id)?.agent;
      if (known?.name === agent.name && known.devices.join() === agent.devices.join()) return;
      note({ type: 'agents', agents: [agent] });
    },
    async start() {
      outbox = await openOutbox({ path: deps.outboxFile, deliver, log, setTimer });
      await load();
      outbox.start();
      every(tickMs, () => note({ type: 'tick' }));
    },
    async stop() {
      stopped = true;
      for (const cancel of timers) cancel();
      timers.clear();
      pushes.stop();
      await outbox?.stop();
      outbox = null;
    },
  };
}

/** What nobody waits for: how a phone or a queue's member is. */
const isCalm = (input: DeskInput): boolean =>
  input.type === 'call' && (input.event.type === 'device.changed' || input.event.type === 'member.changed');

function timer(run: () => void, ms: number): () => void {
  const handle = setTimeout(run, ms);
  return () => clearTimeout(handle);
}

/** Of several records of one card, the one that was kept last. */
function latest(records: readonly DraftRecord[]): DraftRecord[] {
  const byId = new Map<string, DraftRecord>();
  for (const record of records) {
    const other = byId.get(record.id);
    if (other === undefined || Date.parse(other.updatedAt) <= Date.parse(record.updatedAt))
      byId.set(record.id, record);
  }
  return [...byId.values()];
}
