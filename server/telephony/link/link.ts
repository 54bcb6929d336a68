import { readFileSync } from 'node:fs';
import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Registry } from 'prom-client';
import type { PbxConfig } from '../../config/index.ts';
import type { Log } from '../../platform/log.ts';
import {
  AmiMessage,
  type AmiOptions,
  type AmiReply,
  type AmiSession,
  type AmiState,
  createAmiMetrics,
  createAmiSession,
} from '../ami/index.ts';
import {
  type CallState,
  exportState,
  openEvents,
  ownersText,
  wantedEvents,
  whosePhone,
} from '../calls/index.ts';
import { frame, hangupEvent, type Journal, linkEvent, ownersEvent, snapshotEvent } from '../journal/index.ts';
import { isTimed, noTimestamps, timed } from './arrival.ts';
import { askPhones } from './ask-phones.ts';
import { bridgeList } from './bridge-list.ts';
import { createFeed } from './feed.ts';
import type { LinkState } from './link-state.ts';
import { asteriskVersion, pbxAge } from './version.ts';

export interface LinkOptions {
  pbx: PbxConfig;
  /** The calls as they were recovered from the journal, or none. The link owns it from now on. */
  state: CallState;
  journal: Journal;
  /** What the calls did, in order. It must not throw and must not wait. */
  onEvents(events: readonly CallEvent[]): void;
  onState(state: LinkState): void;
  /** The journal's segment that is written now. */
  onSegment(segment: number): void;
  log: Log;
  metrics: Registry;
  now?: () => number;
  timing?: AmiOptions['timing'];
}

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

/** Classes of events that are asked for: without dialplan, test and security noise (Asterisk: manager.conf, "read"). */
export const eventClasses = 'system,call,agent,user,dtmf,reporting';
const snapshotMs = 10_000;
const snapshotAgainMs = 5_000;
/** How often the journal is looked after while nothing is said, ms. */
const journalTickMs = 1_000;
/** The model lives in the PBX's time, a desk's timers in ours: from here on (ms) the difference is worth a warning. */
const clockToleranceMs = 2_000;

/** Builds the link to one PBX; nothing is connected before `start`. It reconnects for ever and tells each change by `onState`. */
export function createLink(options: LinkOptions): Link {
  const { pbx, state, journal, onEvents, onState, onSegment, log, metrics, now = Date.now, timing } = options;
  const feed = createFeed(state);
  /** Messages of the current turn of the event loop; appended to the journal with one write, then processed. */
  let arrived: AmiMessage[] = [];
  let scheduled = false;
  /** From the login until the snapshot is there, events wait: they are applied after it. */
  let holding = true;
  let generation = 0;
  let retry: NodeJS.Timeout | undefined;
  let tick: NodeJS.Timeout | undefined;
  /** When the PBX said that it was started, in its own words: another answer tells a restart (CoreStatus, whole seconds). */
  let pbxStartedAt: string | null = null;
  /** How far the PBX's clock is ahead of ours, ms: what we add to the calls must be in the PBX's time, as its events are. */
  let clockAheadMs = 0;
  /** Whether the events of this connection come without a time; null before the first. */
  let untimed: boolean | null = null;
  let started = false;
  let owners: ReadonlyMap<string, string> = new Map();
  let ownersTold = '';
  let linkState: LinkState = { kind: 'down', message: `PBX ${pbx.name} is not connected yet` };

  const common = {
    host: pbx.host,
    port: pbx.port,
    ...(pbx.tls
      ? { tls: pbx.tlsCaFile === undefined ? {} : { ca: readFileSync(pbx.tlsCaFile, 'utf8') } }
      : {}),
    ...(timing === undefined ? {} : { timing }),
  };
  const reader: AmiSession = createAmiSession({
    ...common,
    name: pbx.name,
    username: pbx.eventsUser,
    secret: pbx.eventsSecret,
    events: eventClasses,
    wanted: wantedEvents,
    metrics: createAmiMetrics(metrics, pbx.name, 'events'),
    onMessage(message) {
      // Nobody will ever take what such a PBX says.
      if (linkState.kind === 'down' && linkState.tooOld === true) return;
      if (wantedEvents.has(message.event ?? '')) noteTimes(isTimed(message));
      arrived.push(timed(message, now() + clockAheadMs));
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(process);
    },
    onState: readerState,
  });
  const actor: AmiSession = createAmiSession({
    ...common,
    name: `${pbx.name} (actions)`,
    username: pbx.actionsUser,
    secret: pbx.actionsSecret,
    events: 'off',
    onMessage() {},
    onState: (next) => report('actions', next),
  });

  /** Said once a connection, and again when it changes (`manager reload`). */
  function noteTimes(isThere: boolean): void {
    if (untimed === !isThere) return;
    untimed = !isThere;
    if (untimed) log.warn({ pbx: pbx.name }, `PBX ${pbx.name}: ${noTimestamps}`);
    if (linkState.kind === 'up') change({ kind: 'up', restarted: false, warning: warning() });
  }

  function warning(): 'journal' | 'no-timestamps' | null {
    if (journal.status().kind === 'failing') return 'journal';
    return untimed === true ? 'no-timestamps' : null;
  }

  /** A new segment when one is due, and what became of it told to the desks. */
  function lookAfterJournal(): void {
    if (journal.due()) rotate();
    if (linkState.kind === 'up' && linkState.warning !== warning())
      change({ kind: 'up', restarted: false, warning: warning() });
  }

  function process(): void {
    scheduled = false;
    if (holding || arrived.length === 0) return;
    const batch = arrived;
    arrived = [];
    take(batch);
  }

  /** First the journal, then the calls: what was shown to anybody is in the journal. */
  function take(batch: readonly AmiMessage[]): void {
    journal.append(
      batch.length === 1 && batch[0] !== undefined
        ? batch[0].bytes
        : Buffer.concat(batch.map(({ bytes }) => bytes)),
    );
    for (const message of batch) {
      try {
        const events = feed(message);
        if (events.length > 0) onEvents(events);
      } catch (error) {
        // One event that the model cannot digest must not stop the others; the journal has it for the bug report.
        log.error(
          { err: error, event: message.event, pbx: pbx.name },
          'An event could not be processed; it stands in the journal.',
        );
      }
    }
    lookAfterJournal();
  }

  function rotate(): boolean {
    const begun = journal.rotate(exportState(state));
    onSegment(journal.segment);
    return begun;
  }

  /**
   * Noted before it is asked: the channel's end may be told sooner than the answer. A refusal ("No such channel") finds nobody whose doing it
   * could be taken for.
   */
  function noteHangup(channel: string): void {
    if (holding) return;
    process();
    take([own(hangupEvent, { Channel: channel })]);
  }

  /** Noted in the journal like all that the model is told: a replay has the same phones. */
  function tellOwners(): void {
    const said = ownersText(owners);
    if (said === ownersTold) return;
    ownersTold = said;
    process();
    take([own(ownersEvent, { Owners: said })]);
  }

  function own(event: string, fields: Readonly<Record<string, string>>): AmiMessage {
    return AmiMessage.fromText(frame(event, { ...fields, At: String(now() + clockAheadMs) }).toString());
  }

  function readerState(next: AmiState): void {
    report('events', next);
    if (next.kind === 'ready') {
      generation += 1;
      void resync(generation, next.banner);
      return;
    }
    if (next.kind !== 'down') return;
    generation += 1;
    untimed = null;
    // What came before the cut still counts; what came after an unfinished snapshot is told by the next one.
    if (holding) arrived = [];
    else process();
    holding = true;
    if (linkState.kind === 'up') take([own(linkEvent, { Link: 'down' })]);
    change({ kind: 'down', message: next.message });
  }

  /** The calls as the PBX has them now. Without an answer in time the link goes up all the same: new calls must not wait for it. */
  async function resync(mine: number, banner: string): Promise<void> {
    let items: readonly AmiMessage[] = [];
    let complete = true;
    let startedAt = pbxStartedAt;
    try {
      if (await isTooOld(mine, banner)) return;
      const status = await reader.action('CoreStatus', {}, { timeoutMs: snapshotMs });
      startedAt = `${status.response.get('CoreStartupDate')} ${status.response.get('CoreStartupTime')}`;
      await compareClocks();
      const channels = await reader.action('CoreShowChannels', {}, { timeoutMs: snapshotMs });
      const bridges = await bridgeList(reader, snapshotMs);
      const phones = await askPhones(reader, (device) => whosePhone(state, device).sure);
      const queues = await reader.action('QueueStatus', {}, { timeoutMs: snapshotMs });
      items = [...channels.events, ...bridges, ...phones, ...queues.events];
    } catch (error) {
      complete = false;
      log.warn(
        { err: error, pbx: pbx.name },
        `PBX ${pbx.name} did not tell its calls and queues after the login; calls that were open before stay unknown. The events user needs the rights in docs/asterisk/manager.conf.`,
      );
    }
    if (mine !== generation) return;
    const held = arrived;
    arrived = [];
    holding = false;
    if (complete)
      take([own(snapshotEvent, { Part: 'begin' }), ...items, own(snapshotEvent, { Part: 'end' })]);
    const restarted = pbxStartedAt !== null && startedAt !== pbxStartedAt;
    pbxStartedAt = startedAt;
    change({ kind: 'up', restarted, warning: warning() });
    if (!complete) retry = setTimeout(askAgain, snapshotAgainMs, mine, banner);
    if (held.length > 0) take(held);
  }

  /** An Asterisk whose events are others is no link at all: said so, instead of being up without a call for ever. */
  async function isTooOld(mine: number, banner: string): Promise<boolean> {
    const age = pbxAge(banner, await asteriskVersion(reader));
    if (age.kind === 'fine' || mine !== generation) return false;
    const message = `PBX ${pbx.name}: ${age.message}`;
    log[age.kind === 'too-old' ? 'error' : 'warn']({ pbx: pbx.name }, message);
    if (age.kind === 'too-old') change({ kind: 'down', message, tooOld: true });
    return age.kind === 'too-old';
  }

  /** Ping is answered with the PBX's Timestamp (Asterisk: AMI action Ping). */
  async function compareClocks(): Promise<void> {
    const { response } = await reader.action('Ping', {}, { timeoutMs: snapshotMs });
    const seconds = Number(response.get('Timestamp'));
    if (!(seconds > 0)) return;
    clockAheadMs = Math.round(seconds * 1000 - now());
    if (Math.abs(clockAheadMs) > clockToleranceMs)
      log.warn(
        { pbx: pbx.name, clockAheadMs },
        `The clock of PBX ${pbx.name} is ${(clockAheadMs / 1000).toFixed(1)} s ahead of ours: timers on the desks are off by that. Run a time service (chrony, ntpd) on both machines.`,
      );
  }

  /** Without the snapshot desks do not know their queues: it is asked for until it is there. */
  function askAgain(mine: number, banner: string): void {
    if (mine !== generation) return;
    holding = true;
    void resync(mine, banner);
  }

  function change(next: LinkState): void {
    const same =
      next.kind === linkState.kind &&
      (next.kind === 'up'
        ? linkState.kind === 'up' && next.warning === linkState.warning
        : linkState.kind === 'down' && next.message === linkState.message);
    linkState = next;
    if (!same) onState(next);
  }

  function report(session: string, next: AmiState): void {
    if (next.kind === 'ready') {
      log.info({ pbx: pbx.name, session }, `PBX ${pbx.name}: ${session} session is ready`);
      if (next.warning !== undefined) log.warn({ pbx: pbx.name, session }, next.warning);
    } else if (next.kind === 'down' && next.retryInMs > 0) {
      const level = next.reason === 'login-refused' ? 'error' : 'warn';
      log[level]({ pbx: pbx.name, session, retryInMs: next.retryInMs }, next.message);
    }
  }

  return {
    name: pbx.name,
    start() {
      // In the last run's segment, when no new one can be begun, the calls stand as that run left them.
      if (!rotate())
        journal.append(frame(linkEvent, { Link: 'down', At: String(state.data.downSince ?? now()) }));
      tick = setInterval(lookAfterJournal, journalTickMs);
      // Who listens was not there when these calls began: a restart in mid-call.
      const open = openEvents(state, now());
      if (open.length > 0) onEvents(open);
      started = true;
      tellOwners();
      reader.start();
      actor.start();
    },
    async stop() {
      clearTimeout(retry);
      clearInterval(tick);
      await Promise.all([reader.stop(), actor.stop()]);
    },
    action(name, fields, more) {
      const channel = fields?.['Channel'];
      if (name === 'Hangup' && typeof channel === 'string') noteHangup(channel);
      return actor.action(name, fields, more);
    },
    setOwners(next) {
      owners = next;
      if (started) tellOwners();
    },
    get state() {
      return linkState;
    },
  };
}
