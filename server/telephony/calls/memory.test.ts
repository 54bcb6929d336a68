import { createCallState } from './index.ts';
import { answers, asks, customer, hangsUp, joins, options, rings, tell } from './testing/story.ts';

/** The model runs for months: a finished call leaves nothing. */

test('50,000 finished calls leave nothing behind', () => {
  const state = createCallState(options);
  let ended = 0;
  for (let n = 0; n < 50_000; n++) {
    const [at, one, two] = [n * 10, `pbx-${n}.1`, `pbx-${n}.2`];
    const life = [
      customer(at, one),
      joins(at, one),
      ...rings(at, one, two, '1001'),
      ...(n % 3 === 0 ? [asks(at + 3, one)] : answers(at + 1, one, two, '1001')),
      hangsUp(at + 5, two),
      hangsUp(at + 6, one),
    ];
    ended += tell(life, state).records.length;
  }
  expect(ended).toBe(50_000);
  for (const [name, part] of Object.entries(state.data)) {
    if (part instanceof Map) expect([name, part.size]).toEqual([name, 0]);
  }
});
