import type { Random } from '../../../server/stand-ins/asterisk-simulator/random.ts';
import type { CallerBehaviour } from '../lab.ts';
import type { TemplateValues } from '../sipp-template.ts';

/** One call of the mix: who calls what, and behaves how. */
export interface PlannedCall {
  /** ms from the beginning. */
  at: number;
  kind: string;
  behaviour: CallerBehaviour;
  values: TemplateValues;
}

type Draw = (random: Random) => Omit<PlannedCall, 'at' | 'kind'>;

const queueNumbers = ['2000', '2000', '2000', '2001', '2001', '2002'] as const;
const seconds = (random: Random, from: number, to: number) => random.whole(from * 10, to * 10) * 100;

const ordinary =
  (from: number, to: number): Draw =>
  (random) => ({
    behaviour: 'caller',
    values: { to: random.pick(queueNumbers), talkMs: seconds(random, from, to) },
  });

/** What callers do, and how many in a hundred. Talk times run from the moment when Asterisk answers, the wait included. */
const kinds: [kind: string, share: number, draw: Draw][] = [
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

/** Calls that arrive like real ones, at `rate` a second on average. The same seed gives the same plan. */
export function planCalls(random: Random, count: number, rate: number): PlannedCall[] {
  const calls: PlannedCall[] = [];
  let at = 0;
  for (let n = 0; n < count; n++) {
    at += random.exponential(1000 / rate);
    const { kind, draw } = pickKind(random);
    const call = draw(random);
    const number = `7916${String(1_000_000 + n).padStart(7, '0')}`;
    calls.push({
      at,
      kind,
      ...call,
      values: { ...call.values, from: `"Caller ${n}" <sip:${number}@carrier.invalid>` },
    });
  }
  return calls;
}

function pickKind(random: Random): { kind: string; draw: Draw } {
  let drawn = random.whole(
    1,
    kinds.reduce((sum, [, share]) => sum + share, 0),
  );
  for (const [kind, share, draw] of kinds) {
    drawn -= share;
    if (drawn <= 0) return { kind, draw };
  }
  throw new Error('the shares were drawn past their sum');
}
