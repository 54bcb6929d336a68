/** Device → agent as one line of JSON, for the journal; in order, so that the same owners are the same text. */
export function ownersText(owners: ReadonlyMap<string, string>): string {
  return JSON.stringify([...owners].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** What `ownersText` wrote. A text that it did not write names nobody. */
export function ownersFrom(text: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  let pairs: unknown;
  try {
    pairs = JSON.parse(text);
  } catch {
    return owners;
  }
  if (!Array.isArray(pairs)) return owners;
  for (const pair of pairs) {
    if (!Array.isArray(pair)) continue;
    const [device, agent]: unknown[] = pair;
    if (typeof device === 'string' && typeof agent === 'string') owners.set(device, agent);
  }
  return owners;
}
