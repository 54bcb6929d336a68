import { bridgedWith, destroyBridge, enterBridge, leaveBridge } from './bridge.ts';
import { lines } from './events.ts';
import { hangUp, saySoftHangup, setCaller } from './lifecycle.ts';
import type { Channel, Pbx } from './state.ts';
import { talkOwner } from './talk.ts';

const OPTIMIZE_MS = 28;

/** Asterisk notices that a Local pair only passes sound on with the next packet of sound. */
export function optimizeSoon(pbx: Pbx, one: Channel, two: Channel): void {
  pbx.clock.after(OPTIMIZE_MS, () => optimize(pbx, one, two));
}

/**
 * Asterisk takes a Local pair out of the way when both its ends are in simple bridges: whoever talks behind `;2` moves to whom `;1` talks with.
 * A queue that has `;1` for its member's leg follows the move.
 */
function optimize(pbx: Pbx, one: Channel, two: Channel): void {
  const source = bridgedWith(two);
  const destination = one.bridge;
  const stays = bridgedWith(one);
  const old = two.bridge;
  if (source === null || destination === null || stays === null || old === null) return;
  const { visit } = one;
  const id = pbx.newOptimizationId();
  const ends = (): string => pbx.snapshot(one, 'LocalOne') + pbx.snapshot(two, 'LocalTwo');
  pbx.emit(
    'LocalOptimizationBegin',
    one,
    ends() + pbx.snapshot(source, 'Source') + lines({ DestUniqueId: two.uniqueid, Id: id }),
  );
  leaveBridge(pbx, source);
  leaveBridge(pbx, one);
  enterBridge(pbx, destination, source, one);
  source.owner = talkOwner(pbx);
  const { number, name } = stays.caller;
  if (two.caller.number !== number || two.caller.name !== name) setCaller(pbx, two, stays.caller);
  pbx.emit('LocalOptimizationEnd', one, ends() + lines({ Success: 'No', Id: id }));
  one.owner = { ended: () => hangUp(pbx, one) };
  two.owner = {
    ended() {
      leaveBridge(pbx, two);
      saySoftHangup(pbx, two);
      hangUp(pbx, two);
      destroyBridge(pbx, old);
    },
  };
  visit?.moveLeg(source);
  // Either half may be the first to notice. `;2` of a queue member dials, and its dialling is over with its bridge.
  if (visit === null) hangUp(pbx, one);
  else two.owner.ended(two);
}
