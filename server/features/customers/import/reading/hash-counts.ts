/**
 * cyrb53 of a text: 53 bits, so that two texts of a file share one in one of ten thousand files of a million lines. With 32 bits, a hundred
 * lines of such a file were told as possible duplicates of each other.
 */
export function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    high = Math.imul(high ^ letter, 2654435761);
    low = Math.imul(low ^ letter, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 0x1_0000_0000 * (low & 0x1fffff) + (high >>> 0);
}

/** Numbers by hash, 20 bytes each at most half filled: a million names in 42 MB, where strings would take hundreds. */
export interface HashCounts {
  /** @returns how often this hash was added, now included */
  add(hash: number): number;
  count(hash: number): number;
  /** A number kept with the hash, 0 at first. */
  kept(hash: number): number;
  keep(hash: number, value: number): void;
}

export function createHashCounts(): HashCounts {
  let hashes = new Float64Array(1024);
  let counts = new Uint32Array(1024);
  let values = new Float64Array(1024);
  let size = 0;

  function placeOf(hash: number): number {
    let place = hash & (hashes.length - 1);
    while ((counts[place] ?? 0) !== 0 && hashes[place] !== hash) place = (place + 1) & (hashes.length - 1);
    return place;
  }

  function grow(): void {
    const before = { hashes, counts, values };
    hashes = new Float64Array(before.hashes.length * 2);
    counts = new Uint32Array(hashes.length);
    values = new Float64Array(hashes.length);
    for (const [at, count] of before.counts.entries()) {
      if (count === 0) continue;
      const place = placeOf(before.hashes[at] ?? 0);
      hashes[place] = before.hashes[at] ?? 0;
      counts[place] = count;
      values[place] = before.values[at] ?? 0;
    }
  }

  return {
    add(hash) {
      if (size * 2 >= hashes.length) grow();
      const place = placeOf(hash);
      const count = (counts[place] ?? 0) + 1;
      if (count === 1) size += 1;
      hashes[place] = hash;
      counts[place] = count;
      return count;
    },
    count: (hash) => counts[placeOf(hash)] ?? 0,
    kept: (hash) => values[placeOf(hash)] ?? 0,
    keep(hash, value) {
      values[placeOf(hash)] = value;
    },
  };
}
