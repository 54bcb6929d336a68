import { createBridge, destroyBridge, enterBridge, leaveBridge } from './bridge.ts';
import { connectTo, hangUp } from './lifecycle.ts';
import { stopHoldMusic } from './phone.ts';
import type { Bridge, Channel, Owner, Pbx } from './state.ts';

/**
 * The owner of channels that talk: whoever leaves ends it for both. The queue hears of the end by the request of one of the two: an action that
 * hangs the member up makes none, so for the queue the talk goes on until the caller is on the way out, and it is the caller who ended it.
 */
export function talkOwner(pbx: Pbx): Owner {
  return {
    ended(channel) {
      const { visit } = channel;
      if (visit?.caller === channel) {
        if (!channel.redirected) visit.complete('caller');
      } else if (channel.asksToEnd) visit?.complete('agent');
      endBridge(pbx, channel);
    },
  };
}

/** Two channels talk, the called one first, as Asterisk bridges them. */
export function startTalk(pbx: Pbx, called: Channel, caller: Channel): Bridge {
  const bridge = createBridge(pbx);
  const owner = talkOwner(pbx);
  called.owner = owner;
  caller.owner = owner;
  enterBridge(pbx, bridge, called);
  enterBridge(pbx, bridge, caller);
  return bridge;
}

/** Dissolves the bridge that `leaver` is in: both leave, then each does what it does after its bridge, legs before callers. */
function endBridge(pbx: Pbx, leaver: Channel): void {
  const { bridge } = leaver;
  if (bridge === null) return;
  const others = bridge.channels.filter((channel) => channel !== leaver);
  stopHoldMusic(pbx, leaver, false);
  leaveBridge(pbx, leaver);
  for (const other of others) {
    leaveBridge(pbx, other);
    stopHoldMusic(pbx, other);
  }
  destroyBridge(pbx, bridge);
  const all = [leaver, ...others].sort((a, b) => Number(a.runsDialplan) - Number(b.runsDialplan));
  for (const channel of all) {
    if (channel.gone) continue;
    if (channel.onBridgeOver === null) hangUp(pbx, channel);
    else channel.onBridgeOver(channel === leaver);
  }
}

/** Shows a changed party to a channel and to whoever talks with it through a Local channel. */
export function connectThrough(pbx: Pbx, channel: Channel, party: { number: string; name: string }): void {
  connectTo(pbx, channel, party);
  channel.upstream?.connected(party);
}
