/** FNV-1a of a text, 32 bits. Two texts of one hash cost memory or a question too many, never a wrong record. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Numbers by hash, 12 bytes each at most half filled: a million names in 25 MB, where strings would take hundreds. */
export interface HashCounts {
  /** @returns how often this hash was added, now included */
  add(hash: number): number;
  count(hash: number): number;
  /** A number kept with the hash, 0 at first. */
  kept(hash: number): number;
  keep(hash: number, value: number): void;
}

export function createHashCounts(): HashCounts {
  let hashes = new Uint32Array(1024);
  let counts = new Uint32Array(1024);
  let values = new Uint32Array(1024);
  let size = 0;

  function placeOf(hash: number): number {
    let place = hash & (hashes.length - 1);
    while ((counts[place] ?? 0) !== 0 && hashes[place] !== hash) place = (place + 1) & (hashes.length - 1);
    return place;
  }

  function grow(): void {
    const before = { hashes, counts, values };
    hashes = new Uint32Array(before.hashes.length * 2);
    counts = new Uint32Array(hashes.length);
    values = new Uint32Array(hashes.length);
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
