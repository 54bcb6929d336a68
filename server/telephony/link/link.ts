import type { PbxConfig } from '../../config/index.ts';
import type { Log } from '../../platform/log.ts';
import type { AmiMessage, AmiReply, AmiSession, AmiState } from '../ami/index.ts';
import { type CallState, openEvents, ownersText, wantedEvents } from '../calls/index.ts';
import { frame, hangupEvent, type Journal, linkEvent, ownersEvent, snapshotEvent } from '../journal/index.ts';
import { isTimed, noTimestamps, timed } from './arrival.ts';
import { askClock, askSnapshot, askStart } from './ask-snapshot.ts';
import { JournaledCalls } from './journaled-calls.ts';
import type { LinkState } from './link-state.ts';
import type { LinkOptions } from './options.ts';
import { pbxSessions } from './sessions.ts';
import { asteriskVersion, pbxAge } from './version.ts';

/** One PBX: a session that reads, a session that acts, and the calls that are told from what it says. */
export interface Link {
  readonly name: string;
  start(): void;
  stop(): Promise<void>;
  /** An AMI action on the acting session; rejects with AmiError. */
  action(
    name: string,
    fields?: Readonly<Record<string, string | readonly string[]>>,
    options?: { timeoutMs?: number },
  ): Promise<AmiReply>;
  /** Whose device is whose on this PBX, from now on. Also before `start`. */
  setOwners(owners: ReadonlyMap<string, string>): void;
  readonly state: LinkState;
}

const snapshotAgainMs = 5_000;
/** How often the journal is looked after while nothing is said, ms. */
const journalTickMs = 1_000;
/** The model lives in the PBX's time, a desk's timers in ours: from here on (ms) the difference is worth a warning. */
const clockToleranceMs = 2_000;

/** Builds the link to one PBX; nothing is connected before `start`. It reconnects for ever and tells each change by `onState`. */
export function createLink(options: LinkOptions): Link {
  return new PbxLink(options);
}

class PbxLink implements Link {
  private readonly pbx: PbxConfig;
  private readonly calls: JournaledCalls;
  /** The link's alone from its start on. */
  private readonly callState: CallState;
  private readonly journal: Journal;
  private readonly onEvents: LinkOptions['onEvents'];
  private readonly onState: LinkOptions['onState'];
  private readonly log: Log;
  private readonly now: () => number;
  /** Messages of the current turn of the event loop; appended to the journal with one write, then processed. */
  private arrived: AmiMessage[] = [];
  private scheduled = false;
  /** From the login until the snapshot is there, events wait: they are applied after it. */
  private holding = true;
  private generation = 0;
  private retry: NodeJS.Timeout | undefined;
  private tick: NodeJS.Timeout | undefined;
  /** When the PBX said that it was started, in its own words: another answer tells a restart (CoreStatus, whole seconds). */
  private pbxStartedAt: string | null = null;
  /** How far the PBX's clock is ahead of ours, ms: what we add to the calls must be in the PBX's time, as its events are. */
  private clockAheadMs = 0;
  /** Whether the events of this connection come without a time; null before the first. */
  private untimed: boolean | null = null;
  private started = false;
  private owners: ReadonlyMap<string, string> = new Map();
  private ownersTold = '';
  private linkState: LinkState;
  private readonly reader: AmiSession;
  private readonly actor: AmiSession;
  readonly name: string;

  constructor(options: LinkOptions) {
    this.pbx = options.pbx;
    this.callState = options.state;
    this.journal = options.journal;
    this.onEvents = options.onEvents;
    this.onState = options.onState;
    this.log = options.log;
    this.now = options.now ?? Date.now;
    this.calls = new JournaledCalls(options, () => this.now() + this.clockAheadMs);
    this.linkState = { kind: 'down', message: `PBX ${this.pbx.name} is not connected yet` };
    const sessions = pbxSessions(options, {
      onMessage: (message) => this.arrive(message),
      onState: (next) => this.readerState(next),
    });
    this.reader = sessions.reader;
    this.actor = sessions.actor;
    this.name = this.pbx.name;
  }

  start(): void {
    // In the last run's segment, when no new one can be begun, the calls stand as that run left them.
    if (!this.calls.rotate())
      this.journal.append(
        frame(linkEvent, { Link: 'down', At: String(this.callState.data.downSince ?? this.now()) }),
      );
    this.tick = setInterval(() => this.lookAfterJournal(), journalTickMs);
    // Who listens was not there when these calls began: a restart in mid-call.
    const open = openEvents(this.callState, this.now());
    if (open.length > 0) this.onEvents(open);
    this.started = true;
    this.tellOwners();
    this.reader.start();
    this.actor.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.retry);
    clearInterval(this.tick);
    await Promise.all([this.reader.stop(), this.actor.stop()]);
  }

  action(
    name: string,
    fields?: Readonly<Record<string, string | readonly string[]>>,
    more?: { timeoutMs?: number },
  ): Promise<AmiReply> {
    const channel = fields?.['Channel'];
    if (name === 'Hangup' && typeof channel === 'string') this.noteHangup(channel);
    return this.actor.action(name, fields, more);
  }

  setOwners(next: ReadonlyMap<string, string>): void {
    this.owners = next;
    if (this.started) this.tellOwners();
  }

  get state(): LinkState {
    return this.linkState;
  }

  /** Said once a connection, and again when it changes (`manager reload`). */
  private noteTimes(isThere: boolean): void {
    if (this.untimed === !isThere) return;
    this.untimed = !isThere;
    if (this.untimed) this.log.warn({ pbx: this.pbx.name }, `PBX ${this.pbx.name}: ${noTimestamps}`);
    if (this.linkState.kind === 'up') this.change({ kind: 'up', restarted: false, warning: this.warning() });
  }

  private warning(): 'journal' | 'no-timestamps' | null {
    if (this.journal.status().kind === 'failing') return 'journal';
    return this.untimed === true ? 'no-timestamps' : null;
  }

  /** A new segment when one is due, and what became of it told to the desks. */
  private lookAfterJournal(): void {
    if (this.journal.due()) this.calls.rotate();
    if (this.linkState.kind === 'up' && this.linkState.warning !== this.warning())
      this.change({ kind: 'up', restarted: false, warning: this.warning() });
  }

  private arrive(message: AmiMessage): void {
    // Nobody will ever take what such a PBX says.
    if (this.linkState.kind === 'down' && this.linkState.tooOld === true) return;
    if (wantedEvents.has(message.event ?? '')) this.noteTimes(isTimed(message));
    this.arrived.push(timed(message, this.now() + this.clockAheadMs));
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(this.process);
  }

  private readonly process = (): void => {
    this.scheduled = false;
    if (this.holding || this.arrived.length === 0) return;
    const batch = this.arrived;
    this.arrived = [];
    this.take(batch);
  };

  private take(batch: readonly AmiMessage[]): void {
    this.calls.take(batch);
    this.lookAfterJournal();
  }

  /**
   * Noted before it is asked: the channel's end may be told sooner than the answer. A refusal ("No such channel") finds nobody whose doing it
   * could be taken for.
   */
  private noteHangup(channel: string): void {
    if (this.holding) return;
    this.process();
    this.take([this.calls.own(hangupEvent, { Channel: channel })]);
  }

  /** Noted in the journal like all that the model is told: a replay has the same phones. */
  private tellOwners(): void {
    const said = ownersText(this.owners);
    if (said === this.ownersTold) return;
    this.ownersTold = said;
    this.process();
    this.take([this.calls.own(ownersEvent, { Owners: said })]);
  }

  private readerState(next: AmiState): void {
    if (next.kind === 'ready') {
      this.generation += 1;
      void this.resync(this.generation, next.banner);
      return;
    }
    if (next.kind !== 'down') return;
    this.generation += 1;
    this.untimed = null;
    // What came before the cut still counts; what came after an unfinished snapshot is told by the next one.
    if (this.holding) this.arrived = [];
    else this.process();
    this.holding = true;
    if (this.linkState.kind === 'up') this.take([this.calls.own(linkEvent, { Link: 'down' })]);
    this.change({ kind: 'down', message: next.message });
  }

  /** The calls as the PBX has them now. Without an answer in time the link goes up all the same: new calls must not wait for it. */
  private async resync(mine: number, banner: string): Promise<void> {
    let items: readonly AmiMessage[] = [];
    let complete = true;
    let startedAt = this.pbxStartedAt;
    try {
      if (await this.isTooOld(mine, banner)) return;
      startedAt = await askStart(this.reader);
      await this.compareClocks();
      items = await askSnapshot(this.reader, this.callState);
    } catch (error) {
      complete = false;
      this.log.warn(
        { err: error, pbx: this.pbx.name },
        `PBX ${this.pbx.name} did not tell its calls and queues after the login; calls that were open before stay unknown. The events user needs the rights in docs/asterisk/manager.conf.`,
      );
    }
    if (mine !== this.generation) return;
    const held = this.arrived;
    this.arrived = [];
    this.holding = false;
    if (complete)
      this.take([
        this.calls.own(snapshotEvent, { Part: 'begin' }),
        ...items,
        this.calls.own(snapshotEvent, { Part: 'end' }),
      ]);
    const restarted = this.pbxStartedAt !== null && startedAt !== this.pbxStartedAt;
    this.pbxStartedAt = startedAt;
    this.change({ kind: 'up', restarted, warning: this.warning() });
    if (!complete) this.retry = setTimeout(() => this.askAgain(mine, banner), snapshotAgainMs);
    if (held.length > 0) this.take(held);
  }

  /** An Asterisk whose events are others is no link at all: said so, instead of being up without a call for ever. */
  private async isTooOld(mine: number, banner: string): Promise<boolean> {
    const age = pbxAge(banner, await asteriskVersion(this.reader));
    if (age.kind === 'fine' || mine !== this.generation) return false;
    const message = `PBX ${this.pbx.name}: ${age.message}`;
    this.log[age.kind === 'too-old' ? 'error' : 'warn']({ pbx: this.pbx.name }, message);
    if (age.kind === 'too-old') this.change({ kind: 'down', message, tooOld: true });
    return age.kind === 'too-old';
  }

  private async compareClocks(): Promise<void> {
    const pbxMs = await askClock(this.reader);
    if (pbxMs === null) return;
    this.clockAheadMs = Math.round(pbxMs - this.now());
    if (Math.abs(this.clockAheadMs) > clockToleranceMs)
      this.log.warn(
        { pbx: this.pbx.name, clockAheadMs: this.clockAheadMs },
        `The clock of PBX ${this.pbx.name} is ${(this.clockAheadMs / 1000).toFixed(1)} s ahead of ours: timers on the desks are off by that. Run a time service (chrony, ntpd) on both machines.`,
      );
  }

  /** Without the snapshot desks do not know their queues: it is asked for until it is there. */
  private askAgain(mine: number, banner: string): void {
    if (mine !== this.generation) return;
    this.holding = true;
    void this.resync(mine, banner);
  }

  private change(next: LinkState): void {
    const same =
      next.kind === this.linkState.kind &&
      (next.kind === 'up'
        ? this.linkState.kind === 'up' && next.warning === this.linkState.warning
        : this.linkState.kind === 'down' && next.message === this.linkState.message);
    this.linkState = next;
    if (!same) this.onState(next);
  }
}
