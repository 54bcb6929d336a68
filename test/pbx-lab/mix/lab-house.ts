import { seatAgents } from './agents.ts';
import type { House } from './house.ts';
import { type Kind, seconds } from './plan.ts';
import { seatConsultingAgents, transferSome } from './transfers.ts';

const queueNumbers = ['2000', '2000', '2000', '2001', '2001', '2002'] as const;

const ordinary =
  (from: number, to: number): Kind[2] =>
  (random) => ({
    behaviour: 'caller',
    values: { to: random.pick(queueNumbers), talkMs: seconds(random, from, to) },
  });

const kinds: Kind[] = [
  ['ordinary', 46, ordinary(3, 11)],
  ['impatient', 16, ordinary(0.2, 2.5)],
  [
    'cancels before any answer',
    5,
    (random) => ({ behaviour: 'caller-cancel', values: { to: '2010', talkMs: seconds(random, 0.2, 3) } }),
  ],
  [
    'presses the callback key',
    9,
    (random) => ({
      behaviour: 'caller-dtmf',
      values: {
        to: random.pick(queueNumbers),
        keys: '1',
        keysAfterMs: seconds(random, 0.3, 2),
        talkMs: seconds(random, 3, 7),
      },
    }),
  ],
  [
    'goes through the menu',
    12,
    (random) => ({
      behaviour: 'caller-dtmf',
      values: {
        to: '2100',
        keys: random.pick(['1', '2', '3', '9']),
        keysAfterMs: seconds(random, 1, 4),
        talkMs: seconds(random, 3, 8),
      },
    }),
  ],
  [
    'is in a queue without agents',
    6,
    (random) => ({ behaviour: 'caller', values: { to: '2998', talkMs: seconds(random, 1, 6) } }),
  ],
  [
    'stays for the survey',
    6,
    (random) => ({
      behaviour: 'caller-dtmf',
      values: { to: '2004', keys: '5', keysAfterMs: seconds(random, 6, 9), talkMs: seconds(random, 1, 3) },
    }),
  ],
];

/** The house of docs/asterisk: numbered phones, members that are phones, a dialplan that says how each stay in a queue ends. */
export const labHouse: House = {
  name: 'lab',
  kinds,
  seat: async (lab, ami, random) => {
    await seatAgents(lab, ami);
    await seatConsultingAgents(lab, random.fork('desk phones'));
    transferSome(ami, random.fork('transfers'));
  },
};
