import type { CustomerInput } from '@ringdesk/shared/customer';
import type { Clock } from './clock.ts';
import { type BusySeat, startBusySeat } from './day/busy-seat.ts';
import { createCallers } from './day/callers.ts';
import { createCalls } from './day/calls.ts';
import { startDay } from './day/day.ts';
import { dayPace, loadPace } from './day/pace.ts';
import { People } from './day/people.ts';
import { createSeats } from './day/seats.ts';
import type { PbxEvent } from './engine/events.ts';
import { createPbx } from './engine/pbx.ts';
import { putDown } from './engine/phone.ts';
import type { Lacks, Pbx } from './engine/state.ts';
import { furnish } from './house.ts';
import { agentsFor, demoCustomers } from './population.ts';
import { createRandom, type Random } from './random.ts';

export interface CompanyOptions {
  clock: Clock;
  sink: (event: PbxEvent) => void;
  seed: number;
  /** Calls a second, evenly random; absent: a small company's day. */
  callsPerSecond?: number;
  /** Default 8. */
  agents?: number;
  customers?: readonly CustomerInput[];
  automatic?: 'all' | 'some';
  /** ms */
  firstCallAfterMs?: number;
  /** ms, from and to */
  personAnswersMs?: readonly [number, number];
  /** In a load run: one agent who gets a call as soon as the one before is over. */
  busySeat?: BusySeat;
}

/** As often as at 45 calls a second: 22, 10 and 1 of 2700 calls. */
function lostRace(races: Random): Lacks {
  const draw = races.next() * 2700;
  if (draw < 22) return 'member';
  if (draw < 32) return 'caller';
  return draw < 33 ? 'both' : 'nothing';
}

/**
 * The whole company without its network: exchange, agents, callers. It lives by the clock alone; the same seed gives the same calls with the
 * same relative times. `open` lets the first caller in; after `close` nobody else comes in, and who is on the line hangs up.
 */
export function createCompany(options: CompanyOptions): { pbx: Pbx; open(): void; close(): void } {
  const { clock, sink, seed, callsPerSecond } = options;
  const random = createRandom(seed);
  const races = random.fork('races');
  const pbx = createPbx({
    system: 'sim',
    clock,
    sink,
    shippedConfiguration: true,
    completeLacks: () => lostRace(races),
    onTrunkRing: (leg) => people.outside(leg),
  });
  const everybody = (options.automatic ?? (callsPerSecond === undefined ? 'some' : 'all')) === 'all';
  const agents = agentsFor(options.agents ?? 8).map((agent) =>
    everybody ? { ...agent, automatic: true } : agent,
  );
  const pace = callsPerSecond === undefined ? dayPace() : loadPace(callsPerSecond, agents.length);
  const calls = createCalls(pbx, pace);
  const callers = createCallers(options.customers ?? demoCustomers(seed));
  const people = new People({
    pbx,
    random: random.fork('people'),
    pace,
    personAnswersMs: options.personAnswersMs ?? [4000, 6000],
  });
  furnish(pbx, agents, callsPerSecond === undefined ? 2 : 0);
  for (const phone of pbx.phones.values()) phone.onRing = people.automatic;
  const streams: { closeDoors(): void }[] = [];
  return {
    pbx,
    close() {
      for (const stream of streams) stream.closeDoors();
      for (const channel of [...pbx.channels.values()]) putDown(pbx, channel);
    },
    open() {
      if (!everybody)
        createSeats({
          pbx,
          random: random.fork('seats'),
          calls,
          callers,
          person: people.person,
          firstCallAfterMs: options.firstCallAfterMs ?? 3000,
        });
      const { busySeat } = options;
      if (busySeat !== undefined)
        streams.push(
          startBusySeat({ pbx, random: random.fork('busy seat'), calls, callers, seat: busySeat }),
        );
      const day = startDay({
        pbx,
        random: random.fork('day'),
        pace,
        calls,
        callers,
        isAutomatic: (phone) => phone.onRing === people.automatic,
      });
      streams.push(day);
    },
  };
}
