import { bridgedWith, createBridge, destroyBridge, enterBridge, leaveBridge } from './bridge.ts';
import { change } from './channel.ts';
import { sayDevice } from './device-state.ts';
import { dial } from './dial.ts';
import { lines } from './events.ts';
import { connectTo, hangUp, setState } from './lifecycle.ts';
import { type Bridge, CHANNEL_STATE, type Channel, type Owner, type Pbx } from './state.ts';
import { talkOwner } from './talk.ts';

/** The lot `default`, as the shipped res_parking.conf has it. */
const LOT = 'default';
const FIRST = 701;
const LAST = 720;
/** "Seven, zero, one." */
const SAY_SLOT_MS = 2640;
const COMEBACK_MS = 30_000;

interface Parked {
  parkee: Channel;
  slot: number;
  /** The phone that parked the call, and gets it back. */
  parker: string;
  timeoutMs: number;
  since: number;
  /** What the parkee did before: it comes back to it. */
  owner: Owner;
  cancelTimer(): void;
}

interface Lot {
  bridge: Bridge | null;
  last: number;
  calls: Map<number, Parked>;
}

const lots = new WeakMap<Pbx, Lot>();

function lotOf(pbx: Pbx): Lot {
  const known = lots.get(pbx);
  if (known !== undefined) return known;
  const lot: Lot = { bridge: null, last: LAST, calls: new Map() };
  lots.set(pbx, lot);
  return lot;
}

/** A restart empties the lot. */
export function forgetParked(pbx: Pbx): void {
  lots.delete(pbx);
}

/** `findslot=next`: the first free one behind the one given last. */
function freeSlot({ last, calls }: Lot): number | null {
  const count = LAST - FIRST + 1;
  for (let i = 1; i <= count; i++) {
    const slot = FIRST + ((last - FIRST + i) % count);
    if (!calls.has(slot)) return slot;
  }
  return null;
}

export function isParkingSlot(exten: string): boolean {
  return /^\d{3}$/.test(exten) && Number(exten) >= FIRST && Number(exten) <= LAST;
}

type ParkingEvent = 'ParkedCall' | 'UnParkedCall' | 'ParkedCallGiveUp' | 'ParkedCallTimeOut';

function say(pbx: Pbx, name: ParkingEvent, parked: Parked, retriever: Channel | null = null): void {
  const { parkee, parker, slot, timeoutMs, since } = parked;
  const seconds = Math.floor(pbx.clock.now() / 1000) - Math.floor(since / 1000);
  pbx.emit(
    name,
    parkee,
    pbx.snapshot(parkee, 'Parkee') +
      (retriever === null ? '' : pbx.snapshot(retriever, 'Retriever')) +
      lines({
        ParkerDialString: parker,
        Parkinglot: LOT,
        ParkingSpace: slot,
        ParkingTimeout: timeoutMs / 1000 - seconds,
        ParkingDuration: seconds,
      }),
  );
}

/**
 * The action Park: the channel waits in a slot, with music, until somebody dials the slot; it keeps the application in which it talked. Whoever
 * talked with it hears the number of the slot, and is out; a queue's stay goes on until the parked caller leaves at last.
 * @param wish.timeoutMs after which the phone that parked it is rung
 * @returns false when it talks with nobody, or no slot is free
 */
export function park(pbx: Pbx, parkee: Channel, wish: { timeoutMs: number; saySlot: boolean }): boolean {
  const lot = lotOf(pbx);
  const slot = freeSlot(lot);
  const by = bridgedWith(parkee);
  const old = parkee.bridge;
  if (slot === null || by === null || old === null) return false;
  lot.last = slot;
  lot.bridge ??= createBridge(pbx, 'parking');
  const { owner, cause } = parkee;
  leaveBridge(pbx, parkee);
  // It is moved, not let go.
  parkee.cause = cause;
  const since = pbx.clock.now();
  const parked: Parked = {
    ...{ parkee, slot, parker: by.device, timeoutMs: wish.timeoutMs, since, owner },
    cancelTimer: pbx.clock.after(wish.timeoutMs, () => timeOut(pbx, parked)),
  };
  lot.calls.set(slot, parked);
  say(pbx, 'ParkedCall', parked);
  sayDevice(pbx, `park:${slot}@parkedcalls`, 'INUSE');
  parkee.owner = { ended: () => giveUp(pbx, parked) };
  enterBridge(pbx, lot.bridge, parkee);
  pbx.say('MusicOnHoldStart', parkee, { Class: 'default' });
  pbx.clock.after(wish.saySlot ? SAY_SLOT_MS : 0, () => {
    if (by.gone || by.bridge !== old) return;
    leaveBridge(pbx, by);
    destroyBridge(pbx, old);
    if (by.onBridgeOver === null) hangUp(pbx, by);
    else by.onBridgeOver(false);
  });
  return true;
}

/** The slot is free again; the parkee is still in the lot's bridge. */
function free(pbx: Pbx, parked: Parked): void {
  const { parkee, slot } = parked;
  parked.cancelTimer();
  lotOf(pbx).calls.delete(slot);
  pbx.say('MusicOnHoldStop', parkee);
  sayDevice(pbx, `park:${slot}@parkedcalls`, 'NOT_INUSE');
  parkee.owner = parked.owner;
}

/** The extension of a slot is dialled: the two talk. @returns false when nobody is parked there */
export function unpark(pbx: Pbx, retriever: Channel, over: () => void): boolean {
  const parked = lotOf(pbx).calls.get(Number(retriever.exten));
  setState(pbx, retriever, CHANNEL_STATE.up);
  if (parked === undefined) return false;
  const { parkee } = parked;
  const bridge = createBridge(pbx);
  free(pbx, parked);
  say(pbx, 'UnParkedCall', parked, retriever);
  leaveBridge(pbx, parkee);
  enterBridge(pbx, bridge, parkee);
  change(retriever, { linkedid: parkee.linkedid });
  retriever.application = 'ParkedCall';
  retriever.applicationData = `${LOT},${retriever.exten}`;
  retriever.owner = talkOwner(pbx);
  retriever.onBridgeOver = over;
  enterBridge(pbx, bridge, retriever);
  connectTo(pbx, parkee, retriever.caller);
  connectTo(pbx, retriever, parkee.caller);
  return true;
}

/** The parked caller hangs up. */
function giveUp(pbx: Pbx, parked: Parked): void {
  const { parkee } = parked;
  parkee.visit?.complete('caller');
  free(pbx, parked);
  say(pbx, 'ParkedCallGiveUp', parked);
  leaveBridge(pbx, parkee);
  if (parkee.onBridgeOver === null) hangUp(pbx, parkee);
  else parkee.onBridgeOver(true);
}

/** Nobody fetched the call: who parked it is rung (`comebacktoorigin`). */
function timeOut(pbx: Pbx, parked: Parked): void {
  const { parkee, parker } = parked;
  const after = parkee.onBridgeOver;
  free(pbx, parked);
  leaveBridge(pbx, parkee);
  change(parkee, { context: 'park-dial', exten: parker.replace('/', '_'), priority: 1 });
  say(pbx, 'ParkedCallTimeOut', parked);
  dial(pbx, parkee, {
    device: parker,
    dialString: parker.replace(/^PJSIP\//, ''),
    timeoutMs: COMEBACK_MS,
    application: `${parker},${COMEBACK_MS / 1000}`,
    done: () => (after === null ? hangUp(pbx, parkee) : after(true)),
  });
}
