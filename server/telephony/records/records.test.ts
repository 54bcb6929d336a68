import type { Interaction } from '@ringdesk/shared/interaction';
import { anInteraction } from '@ringdesk/shared/testing/an-interaction';
import pino from 'pino';
import { Registry } from 'prom-client';
import { createRecords } from './index.ts';
import { nextBatch, retryAfter, writtenBefore } from './model.ts';

const ended = (id: string, note: string | null = null) => anInteraction({ id, note });

/** A database that can be away. */
function database() {
  const rows = new Map<string, Interaction>();
  const state = { away: false, batches: 0 };
  return {
    rows,
    state,
    async write(batch: readonly Interaction[]) {
      if (state.away) throw new Error('away');
      state.batches += 1;
      for (const row of batch) rows.set(row.id, row);
    },
  };
}

function build(
  db: ReturnType<typeof database>,
  more: { memoryLimit?: number; journal?: readonly Interaction[][] } = {},
) {
  const cursor = new Map<string, number>();
  const records = createRecords({
    write: db.write,
    onWrittenBefore: (pbx, segment) => cursor.set(pbx, segment),
    async *reread() {
      yield* more.journal ?? [];
    },
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
    lingerMs: 0,
    ...(more.memoryLimit === undefined ? {} : { memoryLimit: more.memoryLimit }),
  });
  return { records, cursor };
}

test('a record said twice in one batch is written once, as it was said last', () => {
  const queue = [ended('a', 'old'), ended('b'), ended('a', 'new')].map((interaction) => ({
    interaction,
    pbx: 'main',
    segment: 1,
  }));
  const { taken, batch } = nextBatch(queue, 10);
  expect(taken).toBe(3);
  expect(batch.map(({ id, note }) => [id, note])).toEqual([
    ['b', null],
    ['a', 'new'],
  ]);
});

test('the cursor stands at the first segment with something unwritten, else at the current one', () => {
  const waiting = [{ interaction: ended('a'), pbx: 'main', segment: 3 }];
  expect([
    ...writtenBefore(
      waiting,
      new Map([
        ['main', 5],
        ['second', 2],
      ]),
    ),
  ]).toEqual([
    ['main', 3],
    ['second', 2],
  ]);
});

test('tries come slower and slower, up to 5 s', () => {
  expect([1, 2, 3, 5, 6, 50].map(retryAfter)).toEqual([250, 500, 1000, 4000, 5000, 5000]);
});

test('what ends while the database is away is written when it is back, and the cursor waits for it', async () => {
  const db = database();
  db.state.away = true;
  const { records, cursor } = build(db);
  records.put(ended('a'), 'main', 1);
  records.put(ended('b'), 'main', 2);
  await records.drain(50);
  expect(db.rows.size).toBe(0);
  expect(records.status()).toMatchObject({ waiting: 2 });
  expect(cursor.get('main')).toBe(1);
  db.state.away = false;
  await records.drain(5000);
  expect([...db.rows.keys()]).toEqual(['a', 'b']);
  expect(cursor.get('main')).toBe(2);
});

test('beyond the memory limit the journal keeps them, and they are read again', async () => {
  const db = database();
  db.state.away = true;
  const all = ['a', 'b', 'c', 'd'].map((id) => ended(id));
  const { records, cursor } = build(db, { memoryLimit: 2, journal: [all.slice(0, 3), all.slice(3)] });
  for (const row of all) records.put(row, 'main', 1);
  records.current('main', 2);
  expect(records.status()).toMatchObject({ waiting: 2, overflowed: true });
  expect(cursor.get('main')).toBe(1);
  db.state.away = false;
  await records.drain(5000);
  expect([...db.rows.keys()]).toEqual(['a', 'b', 'c', 'd']);
  expect(cursor.get('main')).toBe(2);
  expect(records.status().overflowed).toBe(false);
});
