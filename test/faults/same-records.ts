import type { Interaction } from '@ringdesk/shared/interaction';
import { journalOf, storedRecords, telephony } from './records.ts';

/**
 * The server has stopped: every interaction that its journal has stands in the database once, with the same content, and no other.
 * @returns the stored ones by id
 */
export async function expectJournalInDatabase(
  env: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, Interaction>> {
  const journal = await journalOf(env);
  const stored = await storedRecords(env);
  expect(journal.said).toBe(journal.records.size);
  expect(stored.map(({ id }) => id).sort()).toEqual([...journal.records.keys()].sort());
  const byId = new Map(stored.map((one) => [one.id, one]));
  for (const [id, record] of journal.records) {
    const found = byId.get(id);
    expect(found === undefined ? null : telephony(found)).toEqual(telephony(record));
  }
  return byId;
}
