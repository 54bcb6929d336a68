const CR = 13;
const BUCKETS = 256;
const STARTS = 1024;

interface Entry {
  name: string;
  bytes: Uint8Array;
}

/**
 * A set of event names that is asked with bytes: a busy PBX sends six events that nobody wants for each one that is wanted, and those
 * are to cost no string. Three letters tell most of them apart before the whole name is looked at.
 */
export class EventNames {
  private readonly starts = new Uint8Array(STARTS);
  private readonly buckets: Entry[][];

  constructor(names: Iterable<string>) {
    this.buckets = Array.from({ length: BUCKETS }, () => []);
    for (const name of names) {
      const bytes = new TextEncoder().encode(name);
      let hash = 0;
      for (const byte of bytes) hash = step(hash, byte);
      this.buckets[hash & (BUCKETS - 1)]?.push({ name, bytes });
      // A shorter name goes on with the line end, as it does in a message.
      this.starts[startOf(new TextEncoder().encode(`${name}\r\n\r\n`), 0)] = 1;
    }
  }

  /** The name that stands at `at` and ends at the next CR, if it is in the set. */
  match(bytes: Uint8Array, at: number): string | undefined {
    if (this.starts[startOf(bytes, at)] === 0) return undefined;
    let hash = 0;
    let end = at;
    for (let byte = bytes[end]; byte !== undefined && byte !== CR; byte = bytes[end]) {
      hash = step(hash, byte);
      end += 1;
    }
    for (const entry of this.buckets[hash & (BUCKETS - 1)] ?? []) {
      if (same(entry.bytes, bytes, at, end)) return entry.name;
    }
    return undefined;
  }
}

/** A number from the first letter, the third and the fourth: `NewC` is none of `Newe`, `Var` none of `VarS`. */
function startOf(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const fourth = bytes[at + 3] ?? 0;
  return ((first << 5) ^ (third << 3) ^ fourth) & (STARTS - 1);
}

function step(hash: number, byte: number): number {
  return (hash * 31 + byte) | 0;
}

function same(name: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  if (name.length !== end - at) return false;
  for (let i = 0; i < name.length; i += 1) if (name[i] !== bytes[at + i]) return false;
  return true;
}
