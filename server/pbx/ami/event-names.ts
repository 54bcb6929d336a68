const CR = 13;
const BUCKETS = 256;

interface Entry {
  name: string;
  bytes: Uint8Array;
}

/**
 * A set of event names that is asked with bytes: a busy PBX sends ten events that nobody wants for each one that is wanted, and those
 * are to cost no string.
 */
export class EventNames {
  private readonly buckets: Entry[][];

  constructor(names: Iterable<string>) {
    this.buckets = Array.from({ length: BUCKETS }, () => []);
    for (const name of names) {
      const bytes = new TextEncoder().encode(name);
      let hash = 0;
      for (const byte of bytes) hash = step(hash, byte);
      this.buckets[hash & (BUCKETS - 1)]?.push({ name, bytes });
    }
  }

  /** The name that stands at `at` and ends at the next CR, if it is in the set. */
  match(bytes: Uint8Array, at: number): string | undefined {
    let hash = 0;
    let end = at;
    for (let byte = bytes[end]; byte !== undefined && byte !== CR; byte = bytes[end]) {
      hash = step(hash, byte);
      end += 1;
    }
    const bucket = this.buckets[hash & (BUCKETS - 1)];
    if (bucket === undefined || bucket.length === 0) return undefined;
    for (const entry of bucket) if (same(entry.bytes, bytes, at, end)) return entry.name;
    return undefined;
  }
}

function step(hash: number, byte: number): number {
  return (hash * 31 + byte) | 0;
}

function same(name: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  if (name.length !== end - at) return false;
  for (let i = 0; i < name.length; i += 1) if (name[i] !== bytes[at + i]) return false;
  return true;
}
