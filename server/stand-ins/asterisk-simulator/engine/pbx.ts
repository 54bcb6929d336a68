import type { Clock } from '../clock.ts';
import { snapshot } from './channel.ts';
import { createStamp, EVENT_CLASS, lines, type PbxEvent } from './events.ts';
import type { Channel, ChannelVariable, Lacks, Pbx } from './state.ts';

export interface PbxOptions {
  system: string;
  clock: Clock;
  sink: (event: PbxEvent) => void;
  /** The dialplan that is shipped, which says QueueResult; false: that of the older recordings. */
  shippedConfiguration: boolean;
  /** What channel events carry; by default what the manager.conf of that dialplan lists. */
  channelVariables?: readonly ChannelVariable[];
  /** See `Pbx`; nothing by default. */
  completeLacks?: () => Lacks;
  /** What rings when somebody calls out through the trunk. */
  onTrunkRing: (leg: Channel) => void;
}

const SHIPPED_VARIABLES = ['CALLREF', 'CALLERID(pres)', 'MIXMONITOR_FILENAME'] as const;

/** An exchange with no phones and no queues yet; see `addPhone` and `addQueue`. */
export function createPbx(options: PbxOptions): Pbx {
  const { clock: world, system, sink } = options;
  let life = 0;
  const clock: Clock = {
    now: world.now,
    after(ms, run) {
      const mine = life;
      return world.after(ms, () => {
        if (mine === life) run();
      });
    },
  };
  const stamp = createStamp(clock.now);
  const serials = { pjsip: 0, local: 0 };
  let channels = 0;
  let bridges = 0;
  let optimizations = 0;
  const pbx: Pbx = {
    clock,
    world,
    system,
    startedAt: clock.now(),
    booted: true,
    shipped: options.shippedConfiguration,
    channelVariables:
      options.channelVariables ?? (options.shippedConfiguration ? SHIPPED_VARIABLES : ['CALLREF']),
    channels: new Map(),
    byName: new Map(),
    bridges: new Set(),
    phones: new Map(),
    queues: new Map(),
    ofDevice: new Map(),
    deviceState: new Map([['PJSIP/trunk', 'NOT_INUSE']]),
    devicesToLookAt: new Set(),
    voicemail: new Map(),
    onTrunkRing: options.onTrunkRing,
    completeLacks: options.completeLacks ?? (() => 'nothing'),
    reserved: new Set(),
    onListening: () => undefined,
    onPaused: () => undefined,
    calls: 0,
    emit(name, channel, text) {
      const eventClass = EVENT_CLASS[name];
      sink({
        name,
        eventClass,
        text: `Event: ${name}\r\nPrivilege: ${eventClass},all\r\nTimestamp: ${stamp()}\r\nSystemName: ${system}\r\n${text}\r\n`,
        uniqueid: channel?.uniqueid ?? null,
      });
    },
    say(name, channel, fields) {
      pbx.emit(name, channel, pbx.snapshot(channel) + (fields === undefined ? '' : lines(fields)));
    },
    snapshot: (channel, prefix = '') => snapshot(channel, prefix, pbx.channelVariables),
    startLife() {
      life++;
      serials.pjsip = 0;
      serials.local = 0;
      optimizations = 0;
      pbx.calls = 0;
      pbx.startedAt = world.now();
    },
    newUniqueid: () => `${system}-${Math.floor(clock.now() / 1000)}.${channels++}`,
    newSerial: (kind) => (serials[kind]++).toString(16).padStart(8, '0'),
    newOptimizationId: () => optimizations++,
    newBridgeId() {
      const n = (++bridges).toString(16).padStart(12, '0');
      return `51b0c0de-0000-4000-8000-${n}`;
    },
  };
  return pbx;
}
