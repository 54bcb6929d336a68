import { lines } from './events.ts';
import { setCaller } from './lifecycle.ts';
import type { Bridge, Channel, Pbx } from './state.ts';

/** The lines of a bridge. @param prefix `To`, `From`, `Orig`, `Second`, or empty */
export function bridgeLines(bridge: Bridge, prefix = ''): string {
  const parking = bridge.kind === 'parking';
  return lines({
    [`${prefix}BridgeUniqueid`]: bridge.id,
    [`${prefix}BridgeType`]: bridge.kind,
    [`${prefix}BridgeTechnology`]: parking ? 'holding_bridge' : 'simple_bridge',
    [`${prefix}BridgeCreator`]: parking ? 'Parking' : '<unknown>',
    [`${prefix}BridgeName`]: parking ? 'default' : '<unknown>',
    [`${prefix}BridgeNumChannels`]: bridge.channels.length,
    [`${prefix}BridgeVideoSourceMode`]: 'none',
  });
}

export function createBridge(pbx: Pbx, kind: Bridge['kind'] = 'basic'): Bridge {
  const bridge: Bridge = { id: pbx.newBridgeId(), kind, channels: [], destroyed: false };
  pbx.bridges.add(bridge);
  pbx.emit('BridgeCreate', null, bridgeLines(bridge));
  return bridge;
}

/** @param swap the channel whose place it takes, already out of the bridge */
export function enterBridge(pbx: Pbx, bridge: Bridge, channel: Channel, swap: Channel | null = null): void {
  bridge.channels.push(channel);
  channel.bridge = bridge;
  const swapped = swap === null ? '' : lines({ SwapUniqueid: swap.uniqueid });
  pbx.emit('BridgeEnter', channel, bridgeLines(bridge) + pbx.snapshot(channel) + swapped);
}

export function leaveBridge(pbx: Pbx, channel: Channel): void {
  const { bridge } = channel;
  if (bridge === null) return;
  if (channel.lateCaller !== null) {
    setCaller(pbx, channel, channel.lateCaller);
    channel.lateCaller = null;
  }
  bridge.channels.splice(bridge.channels.indexOf(channel), 1);
  channel.bridge = null;
  // Asterisk knows the cause of a channel's end from its first bridge on, and from then on says it in HangupRequest.
  channel.cause = 16;
  pbx.emit('BridgeLeave', channel, bridgeLines(bridge) + pbx.snapshot(channel));
}

export function destroyBridge(pbx: Pbx, bridge: Bridge): void {
  if (bridge.destroyed) return;
  bridge.destroyed = true;
  pbx.bridges.delete(bridge);
  pbx.emit('BridgeDestroy', null, bridgeLines(bridge));
}

/** The one who is in the same two-party bridge. Parked callers share one, but hear nobody. */
export function bridgedWith(channel: Channel): Channel | null {
  if (channel.bridge?.kind === 'parking') return null;
  return channel.bridge?.channels.find((other) => other !== channel) ?? null;
}
