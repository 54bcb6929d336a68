import { bridgedWith, bridgeLines, destroyBridge, leaveBridge } from './bridge.ts';
import { change } from './channel.ts';
import { hasExtension, runFromAgents } from './dialplan.ts';
import { lines } from './events.ts';
import { hangUp, saySoftHangup } from './lifecycle.ts';
import { stopHoldMusic } from './phone.ts';
import type { Channel, Pbx } from './state.ts';

/**
 * The transferer sends the other party on and is out (REFER, or the action BlindTransfer).
 * @returns false when there is nobody to send or no such extension; then nothing happens and no event tells of it.
 */
export function blindTransfer(pbx: Pbx, transferer: Channel, exten: string): boolean {
  const transferee = bridgedWith(transferer);
  const { bridge } = transferer;
  if (transferee === null || bridge === null || !hasExtension(pbx, exten)) return false;
  pbx.say('Unhold', transferer);
  stopHoldMusic(pbx, transferee);
  pbx.emit(
    'BlindTransfer',
    transferer,
    lines({ Result: 'Success' }) +
      pbx.snapshot(transferer, 'Transferer') +
      pbx.snapshot(transferee, 'Transferee') +
      bridgeLines(bridge) +
      lines({ IsExternal: 'Yes', Context: 'from-agents', Extension: exten }),
  );
  transferer.visit?.complete('transfer');
  leaveBridge(pbx, transferer);
  change(transferee, { context: 'from-agents', exten, priority: 1 });
  leaveBridge(pbx, transferee);
  destroyBridge(pbx, bridge);
  if (transferer.runsDialplan) saySoftHangup(pbx, transferer);
  hangUp(pbx, transferer);
  transferee.onBridgeOver = null;
  runFromAgents(pbx, transferee);
  return true;
}
