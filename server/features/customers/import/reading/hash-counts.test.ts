import { createHashCounts, hashOf } from './hash-counts.ts';

test('numbers of a long list, one after the other, have hashes of their own', () => {
  const hashes = new Set<number>();
  const lines = 300_000;
  for (let at = 0; at < lines; at += 1) hashes.add(hashOf(`+7${9_100_000_000 + at * 7}`));
  expect(hashes.size).toBe(lines);
});

test('what was counted and kept by a hash is found again, however many there are', () => {
  const counts = createHashCounts();
  const hash = (at: number) => hashOf(`Клиент ${at}`);
  for (let at = 0; at < 5000; at += 1) {
    counts.add(hash(at));
    if (at % 2 === 0) counts.add(hash(at));
    counts.keep(hash(at), hash(at + 1));
  }
  for (const at of [0, 1, 2498, 4999])
    expect([counts.count(hash(at)), counts.kept(hash(at))]).toEqual([at % 2 === 0 ? 2 : 1, hash(at + 1)]);
  expect([counts.count(hash(5000)), counts.kept(hash(5000))]).toEqual([0, 0]);
});
