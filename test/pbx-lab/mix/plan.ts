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

/** What callers do, how many in a hundred, and how. Talk times run from the moment when Asterisk answers, the wait included. */
export type Kind = readonly [
  kind: string,
  share: number,
  draw: (random: Random) => Omit<PlannedCall, 'at' | 'kind'>,
];

/** Tenths of a second between two bounds in seconds, as milliseconds. */
export const seconds = (random: Random, from: number, to: number): number =>
  random.whole(from * 10, to * 10) * 100;

/** Calls that arrive like real ones, at `rate` a second on average. The same seed gives the same plan. */
export function planCalls(
  random: Random,
  kinds: readonly Kind[],
  count: number,
  rate: number,
): PlannedCall[] {
  const calls: PlannedCall[] = [];
  let at = 0;
  for (let n = 0; n < count; n++) {
    at += random.exponential(1000 / rate);
    const { kind, draw } = pickKind(random, kinds);
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

function pickKind(random: Random, kinds: readonly Kind[]): { kind: string; draw: Kind[2] } {
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
