import { agents, type House, password } from '../house/house.ts';
import { logIn, type Session } from '../house/session.ts';
import { type Seat, takeSeat } from './seat.ts';

/** An agent at the page. */
export interface Worker {
  session: Session;
  seat: Seat;
}

/** Logs all agents in, each with a page that is open until the house closes. */
export async function crewAt(
  house: House,
  url: string,
  { wrapsUp }: { wrapsUp: boolean },
): Promise<Worker[]> {
  const crew = await Promise.all(
    agents.map(async (agent) => {
      const session = await logIn(url, agent, password);
      return { session, seat: takeSeat({ session, wrapsUp }) };
    }),
  );
  house.atEnd(() => {
    for (const { seat } of crew) seat.leave();
  });
  return crew;
}

/** The first of them who talks with a customer. */
export function talking(crew: readonly Worker[]): Promise<Worker & { callId: string }> {
  return Promise.any(
    crew.map(async (worker) => {
      const callId = await worker.seat.sees('a talk', ({ cards }) =>
        cards[0]?.phase === 'talking' && cards[0].can.hangUp ? cards[0].callId : null,
      );
      return { ...worker, callId };
    }),
  );
}

/** All that the crew's forms have said and the server has accepted: call → note. */
export function acceptedNotes(crew: readonly Worker[]): Map<string, string> {
  return new Map(crew.flatMap(({ seat }) => [...seat.written]));
}

/** How many cards came up since then (ms since 1970). */
export function popsSince(crew: readonly Worker[], since: number): number {
  return crew.flatMap(({ seat }) => [...seat.popped.values()]).filter((at) => at > since).length;
}
