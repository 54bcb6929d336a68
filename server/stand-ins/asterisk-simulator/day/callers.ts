import type { CustomerInput } from '@ringdesk/shared/customer';
import type { Party } from '../engine/state.ts';
import { carrierNumber } from '../population.ts';
import type { Random } from '../random.ts';

/** Who calls. Remembers who called lately, since people call again. */
export interface Callers {
  /** Anybody: customers, strangers, people who call again, withheld numbers. */
  next(random: Random): Party;
  /** A customer who is the only one with this number: the card can be shown at once. */
  known(random: Random): Party;
}

const RECENT = 30;
const REPEAT = 0.18;
const STRANGER = 0.15;
const WITHHELD = 0.06;

interface Number {
  number: string;
  names: string[];
}

function numbersOf(customers: readonly CustomerInput[]): Number[] {
  const byNumber = new Map<string, Number>();
  for (const { name, phones } of customers)
    for (const { raw } of phones) {
      const number = carrierNumber(raw);
      const known = byNumber.get(number);
      if (known === undefined) byNumber.set(number, { number, names: [name] });
      else known.names.push(name);
    }
  return [...byNumber.values()];
}

export function createCallers(customers: readonly CustomerInput[]): Callers {
  const numbers = numbersOf(customers);
  const single = numbers.filter(({ names }) => names.length === 1);
  const recent: Party[] = [];
  const anyOf = <T>(random: Random, list: readonly T[]): T | undefined =>
    list[random.whole(0, list.length - 1)];

  /** Carriers send a name now and then. */
  function asCaller(random: Random, from: Number | undefined): Party {
    const name = random.chance(0.4) ? (from?.names[0] ?? '') : '';
    return { number: from?.number ?? '', name };
  }
  function stranger(random: Random): Party {
    return { number: `7926${random.whole(2_000_000, 9_899_999)}`, name: '' };
  }
  function withheld(random: Random): Party {
    if (random.chance(0.5)) return { number: 'anonymous', name: 'Anonymous', withheld: true };
    // The carrier asserts the number and asks not to show it.
    return { ...stranger(random), withheld: true };
  }
  return {
    next(random) {
      const draw = random.next();
      const again = anyOf(random, recent);
      if (draw < REPEAT && again !== undefined) return again;
      if (draw < REPEAT + WITHHELD) return withheld(random);
      const caller =
        draw < REPEAT + WITHHELD + STRANGER ? stranger(random) : asCaller(random, anyOf(random, numbers));
      recent.push(caller);
      if (recent.length > RECENT) recent.shift();
      return caller;
    },
    known: (random) => asCaller(random, anyOf(random, single)),
  };
}
