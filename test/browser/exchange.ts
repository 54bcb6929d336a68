import { startAmiServer } from '../../server/stand-ins/asterisk-simulator/ami/server.ts';
import { createRealClock } from '../../server/stand-ins/asterisk-simulator/clock.ts';
import { addPhone, registerPhone } from '../../server/stand-ins/asterisk-simulator/engine/device.ts';
import { runFromAgents, runInbound } from '../../server/stand-ins/asterisk-simulator/engine/dialplan.ts';
import { addMember, addQueue } from '../../server/stand-ins/asterisk-simulator/engine/members.ts';
import { pauseDevice } from '../../server/stand-ins/asterisk-simulator/engine/membership.ts';
import { createPbx } from '../../server/stand-ins/asterisk-simulator/engine/pbx.ts';
import {
  answer,
  invite,
  putDown,
  refuse,
  showRinging,
} from '../../server/stand-ins/asterisk-simulator/engine/phone.ts';
import type { Channel, Party } from '../../server/stand-ins/asterisk-simulator/engine/state.ts';
import { eventually } from '../house/eventually.ts';

export const pbxUser = { username: 'ringdesk', secret: 'of the exchange' };

export interface Seat {
  extension: string;
  name: string;
  /** The one queue of this phone. */
  queue: string;
}

/** Somebody outside who is on the line. */
export interface Caller {
  hangsUp(): void;
}

export type Outside = 'answers' | 'busy' | 'rings';

/** A PBX in this process whose people do what the test says, and when: phones ring until they are answered. */
export interface Exchange {
  readonly port: number;
  /** Somebody calls from outside. `did`: 2000 leads to sales, 2001 to support, 2002 to complaints. */
  callComesIn(did: string, caller: Partial<Party>): Caller;
  /** A phone of the house calls another. */
  dials(extension: string, to: string): Caller;
  /** The phone is taken; waits for it to ring, which it does a moment after it was asked for. */
  answers(extension: string): Promise<void>;
  putsDown(extension: string): void;
  /** What the PBX knows of the phone's pause: its reason, or null when calls come. */
  pauseOf(extension: string): string | null;
  /** Somebody pauses the phone at the PBX itself; null ends the pause. */
  pauses(extension: string, reason: string | null): void;
  /** What happens out there from now on when a number is called: it is taken at once (so at first), it is busy, or it rings and rings. */
  outside(how: Outside): void;
  /** Numbers that were called outside, in order. */
  readonly calledOutside: readonly string[];
  close(): Promise<void>;
}

export async function openExchange(seats: readonly Seat[]): Promise<Exchange> {
  const clock = createRealClock();
  const calledOutside: string[] = [];
  let outside: Outside = 'answers';
  let publish: Awaited<ReturnType<typeof startAmiServer>>['publish'] = () => undefined;
  const pbx = createPbx({
    system: 'desk',
    clock,
    sink: (event) => publish(event),
    shippedConfiguration: true,
    onTrunkRing(leg) {
      calledOutside.push(leg.caller.number);
      showRinging(pbx, leg);
      if (outside === 'answers') clock.after(0, () => answer(pbx, leg));
      if (outside === 'busy') clock.after(0, () => refuse(pbx, leg, 486));
    },
  });
  for (const name of ['support', 'complaints', 'sales'])
    addQueue(pbx, name, {
      strategy: 'rrmemory',
      ringMs: 60_000,
      retryMs: 500,
      wrapUpSeconds: 0,
      announcePosition: false,
      voicemailBox: '2000',
    });
  for (const { extension, name, queue } of seats) {
    const joins = pbx.queues.get(queue);
    if (joins === undefined) throw new Error(`no queue ${queue}`);
    const device = `PJSIP/${extension}`;
    const loginTime = Math.floor(clock.now() / 1000);
    addMember(joins, {
      name,
      interface: device,
      stateInterface: device,
      membership: 'static',
      penalty: 0,
      loginTime,
    });
    const phone = addPhone(pbx, extension, name);
    phone.onRing = (leg) => showRinging(pbx, leg);
    registerPhone(pbx, phone);
  }
  const all = new Set(['all']);
  const server = await startAmiServer({ pbx, port: 0, accounts: [{ ...pbxUser, read: all, write: all }] });
  publish = server.publish;

  const legsOf = (extension: string): Channel[] => [...(pbx.ofDevice.get(`PJSIP/${extension}`) ?? [])];
  const onTheLine = (channel: Channel): Caller => ({ hangsUp: () => putDown(pbx, channel) });
  return {
    port: server.port,
    callComesIn(did, caller) {
      const channel = invite(pbx, {
        device: 'PJSIP/trunk',
        context: 'from-trunk',
        exten: did,
        caller: { number: '', name: '', ...caller },
      });
      runInbound(pbx, channel);
      return onTheLine(channel);
    },
    dials(extension, to) {
      const name = pbx.phones.get(`PJSIP/${extension}`)?.name ?? '';
      const caller = { number: extension, name };
      const channel = invite(pbx, {
        device: `PJSIP/${extension}`,
        context: 'from-agents',
        exten: to,
        caller,
      });
      runFromAgents(pbx, channel);
      return onTheLine(channel);
    },
    async answers(extension) {
      const ringing = async () => legsOf(extension).find((leg) => leg.state === 5) ?? null;
      answer(pbx, await eventually(`${extension} rings`, ringing));
    },
    putsDown(extension) {
      for (const leg of legsOf(extension)) putDown(pbx, leg);
    },
    pauseOf(extension) {
      for (const queue of pbx.queues.values()) {
        const member = queue.members.get(`PJSIP/${extension}`);
        if (member?.paused) return member.pausedReason;
      }
      return null;
    },
    pauses: (extension, reason) =>
      void pauseDevice(pbx, null, `PJSIP/${extension}`, reason !== null, reason ?? ''),
    outside(how) {
      outside = how;
    },
    calledOutside,
    async close() {
      clock.stop();
      await server.close();
    },
  };
}
