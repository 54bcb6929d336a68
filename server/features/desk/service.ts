import { randomUUID } from 'node:crypto';
import type { DeskView } from '@ringdesk/shared/desk';
import { Gauge } from 'prom-client';
import { ClockWatch } from '../../platform/clock-watch.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Control } from '../../telephony/control/index.ts';
import { deliver } from './delivery.ts';
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
  return new RunningDesk(deps);
}

class RunningDesk implements DeskCore {
  readonly deps: DeskDeps;
  readonly desks: Desks;
  readonly now: () => number;
  private readonly clockWatch: ClockWatch;
  private readonly setTimer: NonNullable<DeskDeps['setTimer']>;
  private readonly epoch = randomUUID();
  private readonly lookUp: ReturnType<typeof createLookUps>;
  private readonly pushes: ReturnType<typeof createViewPushScheduler>;
  private readonly timers = new Set<() => void>();
  private outbox: Outbox | null = null;
  private stopped = false;

  constructor(deps: DeskDeps) {
    const { customers, interactions, push, log, metrics } = deps;
    const { now = Date.now, elapsed = () => performance.now(), setTimer = timer } = deps;
    this.deps = deps;
    this.now = now;
    this.clockWatch = new ClockWatch(now, elapsed);
    this.setTimer = setTimer;
    this.desks = createDesks({ wrapUpLimitMs: deps.wrapUpLimits().other });
    this.desks.wrapUpLimits = deps.wrapUpLimits();
    const tell = (input: DeskInput) => this.note(input);
    this.lookUp = createLookUps({ customers, interactions, tell, setTimer, now, log, metrics });
    this.pushes = createViewPushScheduler({ viewOf: (agent) => this.viewOf(agent), push, setTimer, log });
    const waiting = () => this.outbox?.waiting().length ?? 0;
    new Gauge({
      name: 'ringdesk_desk_outbox_waiting',
      help: 'What agents wrote and the database has not taken yet',
      registers: [metrics],
      collect() {
        this.set(waiting());
      },
    });
  }

  async tell(input: DeskInput): Promise<void> {
    const byMs = this.clockWatch.jumped();
    const shifted = byMs === 0 ? null : this.carryOn({ type: 'clock-set', byMs });
    await Promise.all([shifted, this.carryOn(input)]);
  }

  private async carryOn(input: DeskInput): Promise<void> {
    const outcome = step(this.desks, input, this.now());
    this.pushes.changed(outcome.changed, !isCalm(input));
    await Promise.all(outcome.effects.map((effect) => this.carryOut(effect)));
  }

  note(input: DeskInput): void {
    this.tell(input).catch((error: unknown) => this.logUnsafe(error));
  }

  viewOf(agent: string): DeskView | null {
    const desk = this.desks.agents.get(agent);
    return desk === undefined ? null : viewOf(this.desks, desk, this.epoch, this.now());
  }

  controlOf(pbx: string | null): Control {
    const name = pbx ?? this.desks.links.keys().next().value ?? '';
    const control = this.desks.links.get(name)?.state === 'up' ? this.deps.control(name) : null;
    if (control !== null) return control;
    throw new Refusal(
      'pbx-unavailable',
      'The link to Asterisk is cut, so nothing can be asked of it now. Use the phone itself, and try again when the link is back.',
    );
  }

  ensureAgent(agent: DeskAgent): void {
    const known = this.desks.agents.get(agent.id)?.agent;
    if (known?.name === agent.name && known.devices.join() === agent.devices.join()) return;
    this.note({ type: 'agents', agents: [agent] });
  }

  async start(): Promise<void> {
    this.outbox = await openOutbox({
      path: this.deps.outboxFile,
      deliver: (items) => deliver(this.deps, items),
      log: this.deps.log,
      setTimer: this.setTimer,
    });
    await this.load();
    this.outbox.start();
    this.every(tickMs, () => this.note({ type: 'tick' }));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const cancel of this.timers) cancel();
    this.timers.clear();
    this.pushes.stop();
    await this.outbox?.stop();
    this.outbox = null;
  }

  private logUnsafe(error: unknown): void {
    this.deps.log.error(
      { err: error },
      'The desk could not keep what happened. Look at the disk of the data directory.',
    );
  }

  /** @returns what has to be waited for before the word of an agent is safe */
  private carryOut(effect: Effect): Promise<void> {
    switch (effect.do) {
      case 'look-up':
      case 'history':
      case 'last-contacts':
      case 'fetch-customer':
        void this.lookUp(effect);
        return Promise.resolve();
      case 'pause':
        void this.pause(effect);
        return Promise.resolve();
      case 'save-wrap-up':
        return this.put({ kind: 'wrap-up', record: effect.record });
      case 'keep-draft':
        return this.put({ kind: 'draft', record: effect.record });
      case 'set-customer': {
        const { interactionId, customerId, by, added } = effect;
        return this.put({ kind: 'customer', interactionId, customerId, by, added });
      }
      case 'take-number': {
        const { customerId, number, by } = effect;
        return this.put({ kind: 'take-number', customerId, number, by });
      }
      case 'learn': {
        const { number, customerId, by } = effect;
        return this.put({ kind: 'learn', number, customerId, by });
      }
    }
  }

  private put(item: OutboxItem): Promise<void> {
    if (this.outbox === null) return Promise.reject(new Error('The desk is not started'));
    return this.outbox.put(item);
  }

  private async pause(effect: Extract<Effect, { do: 'pause' }>): Promise<void> {
    let failed: string | null = null;
    try {
      const control = this.controlOf(effect.pbx);
      for (const queue of effect.queues ?? [null])
        await control.pause(effect.device, effect.paused, effect.reason, queue);
    } catch (error) {
      failed = error instanceof Refusal ? error.message : 'The PBX could not be asked.';
      this.deps.log.warn(
        { err: error, device: effect.device },
        'The queue pause of a phone could not be set',
      );
    }
    await this.tell({ type: 'pause-answered', agent: effect.agent, failed });
  }

  /** Calls `run` again and again, `ms` after its last end. */
  private every(ms: number, run: () => void): void {
    const cancel = this.setTimer(() => {
      this.timers.delete(cancel);
      if (this.stopped) return;
      run();
      this.every(ms, run);
    }, ms);
    this.timers.add(cancel);
  }

  /** Brings the agents and their open cards back. While the database is away, what lies on the local disk is shown at once. */
  private async load(): Promise<void> {
    const local = (this.outbox?.waiting() ?? []).flatMap((item) =>
      item.kind === 'draft' ? [item.record] : [],
    );
    try {
      const agents = await this.deps.agents();
      const kept = (await this.deps.drafts.load()).flatMap((found) => {
        const parsed = draftRecord.safeParse(found);
        if (!parsed.success)
          this.deps.log.error('A kept draft has another shape than this version knows; it is left out');
        return parsed.success ? [parsed.data] : [];
      });
      await this.tell({ type: 'agents', agents });
      await this.tell({ type: 'restored', records: latest([...kept, ...local]) });
    } catch (error) {
      if (this.stopped) return;
      this.deps.log.warn({ err: error }, 'The agents and their open cards cannot be read yet; trying again');
      await this.tell({ type: 'restored', records: local });
      const cancel = this.setTimer(() => {
        this.timers.delete(cancel);
        if (!this.stopped) void this.load().catch((error: unknown) => this.logUnsafe(error));
      }, reloadMs);
      this.timers.add(cancel);
    }
  }
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
