import { createLog } from '../log.ts';
import { createPreparations } from './preparation.ts';

const log = createLog({ level: 'silent', showPersonal: false });

/** Preparations whose runs are noted; `failures` of them fail first. */
function setUp() {
  const state = { up: true, ran: [] as string[], failures: 0 };
  const preparations = createPreparations({ isUp: () => state.up, log, retryMs: 1 });
  const add = (name: string, then?: () => void) =>
    preparations.add({
      name,
      run: async () => {
        state.ran.push(name);
        then?.();
        if (state.failures-- > 0) throw new Error('not now');
      },
    });
  return { state, preparations, add };
}

test('what is added runs once, in order, also what is added meanwhile', async () => {
  const { state, preparations, add } = setUp();
  add('a', () => add('c'));
  add('b');
  await preparations.settled();
  expect(state.ran).toEqual(['a', 'b', 'c']);
});

test('nothing runs while the database is away, all of it when it comes up, and again the next time', async () => {
  const { state, preparations, add } = setUp();
  state.up = false;
  add('a');
  add('b');
  await preparations.settled();
  expect(state.ran).toEqual([]);
  state.up = true;
  preparations.up();
  await preparations.settled();
  preparations.up();
  await preparations.settled();
  expect(state.ran).toEqual(['a', 'b', 'a', 'b']);
});

test('one that failed is tried again, the others are not', async () => {
  const { state, preparations, add } = setUp();
  state.failures = 1;
  const again = new Promise<void>((resolve) => add('a', () => state.ran.length > 2 && resolve()));
  add('b');
  await again;
  await preparations.settled();
  expect(state.ran).toEqual(['a', 'b', 'a']);
  preparations.stop();
});

test('one that is declared again replaces the one before', async () => {
  const { state, preparations, add } = setUp();
  state.up = false;
  add('a');
  add('a');
  state.up = true;
  preparations.up();
  await preparations.settled();
  expect(state.ran).toEqual(['a']);
});
