import { runFromAgents, runInbound } from '../engine/dialplan.ts';
import { PREFERRED } from '../engine/members.ts';
import { invite, pressKey, putDown } from '../engine/phone.ts';
import type { Channel, Party, Pbx } from '../engine/state.ts';
import type { Random } from '../random.ts';
import type { Pace } from './pace.ts';

/** What callers do once they are in: keys in the menu, patience in the queue, a mark in the survey, a message for the voicemail. */
export interface Calls {
  /** A call from outside. `meantFor` is the member who is to get it. */
  comeIn(call: { caller: Party; did: string; meantFor?: string; random: Random }): void;
  /** An agent's phone calls a colleague or, with a 9 in front, somebody outside. */
  callFrom(call: { device: string; extension: string; name: string; to: string; random: Random }): void;
}

export function createCalls(pbx: Pbx, pace: Pace): Calls {
  const { world: clock } = pbx;
  const minds = new WeakMap<Channel, { random: Random; patienceMs: number }>();

  function later(channel: Channel, ms: number, task: () => void): void {
    clock.after(ms, () => {
      if (!channel.gone) task();
    });
  }

  pbx.onListening = (channel, to) => {
    const mind = minds.get(channel);
    if (mind === undefined) return;
    const { random } = mind;
    if (to === 'menu') chooseInMenu(channel, random);
    else if (to === 'queue') wait(channel, random, mind.patienceMs);
    else if (to === 'survey') rate(channel, random);
    else later(channel, random.whole(8000, 20_000), () => putDown(pbx, channel));
  };

  function chooseInMenu(channel: Channel, random: Random): void {
    const draw = random.next();
    const key = random.pick(pace.menuKeys);
    if (draw < 0.05) return;
    if (draw < 0.15) {
      later(channel, 3000, () => pressKey(pbx, channel, '9'));
      later(channel, 8000, () => pressKey(pbx, channel, key));
    } else if (draw < 0.25) later(channel, 4000, () => putDown(pbx, channel));
    else later(channel, random.whole(2500, 6000), () => pressKey(pbx, channel, key));
  }

  function wait(channel: Channel, random: Random, patienceMs: number): void {
    const asksForCallback = pace.lively && random.chance(0.15);
    const { owner } = channel;
    later(channel, patienceMs, () => {
      // Served meanwhile, or gone on to somewhere else.
      if (channel.owner !== owner) return;
      if (asksForCallback) pressKey(pbx, channel, '1');
      else putDown(pbx, channel);
    });
  }

  function rate(channel: Channel, random: Random): void {
    if (random.chance(0.35)) later(channel, random.whole(1500, 5000), () => putDown(pbx, channel));
    else
      later(channel, random.whole(2500, 6000), () =>
        pressKey(pbx, channel, random.pick(['5', '5', '5', '4', '4', '3', '2', '1'])),
      );
  }

  return {
    comeIn({ caller, did, meantFor, random }) {
      // An exchange that starts takes no calls.
      if (!pbx.booted) return;
      const channel = invite(pbx, { device: 'PJSIP/trunk', context: 'from-trunk', exten: did, caller });
      const patienceMs = pace.patienceMs(random);
      minds.set(channel, { random, patienceMs: meantFor === undefined ? patienceMs : 60_000 });
      if (meantFor !== undefined) channel.variables.set(PREFERRED, meantFor);
      runInbound(pbx, channel);
    },
    callFrom({ device, extension, name, to, random }) {
      if (!pbx.booted) return;
      const caller = { number: extension, name };
      const channel = invite(pbx, { device, context: 'from-agents', exten: to, caller });
      runFromAgents(pbx, channel);
      later(channel, random.whole(15_000, 28_000), () => {
        if (channel.bridge === null) putDown(pbx, channel);
      });
    },
  };
}
