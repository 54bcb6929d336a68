import { connectTo, setState } from './lifecycle.ts';
import { CHANNEL_STATE, type Channel, type Pbx } from './state.ts';

/**
 * `*8`: takes over a call that rings at a colleague's phone, the one that rings longest.
 * @param extension only what rings at this phone; empty for any
 * @returns false when nothing rings
 */
export function pickUpCall(pbx: Pbx, by: Channel, extension: string): boolean {
  const ringing = [...pbx.channels.values()].find(
    ({ state, device, owner }) =>
      state === CHANNEL_STATE.ringing &&
      owner.pickedUp !== undefined &&
      (extension === '' || device === `PJSIP/${extension}`),
  );
  if (ringing === undefined) return false;
  connectTo(pbx, by, ringing.connected);
  setState(pbx, by, CHANNEL_STATE.up);
  pbx.emit('Pickup', by, pbx.snapshot(by) + pbx.snapshot(ringing, 'Target'));
  by.runsDialplan = false;
  ringing.owner.pickedUp?.(ringing, by);
  return true;
}
