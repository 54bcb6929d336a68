import { Refusal } from '../../platform/errors.ts';
import type { DeskDeps } from './deps.ts';
import type { OutboxItem } from './kept.ts';

type Stores = Pick<DeskDeps, 'customers' | 'interactions' | 'drafts'>;

/**
 * Writes what agents left into the database, each kind in the order of the items; saying it again changes nothing. Drafts last: that of a closed form says that
 * its wrap-up is stored.
 * @throws what the stores throw: none, some or all may be written then
 */
export async function deliver(stores: Stores, items: readonly OutboxItem[]): Promise<void> {
  const wrapUps = items.flatMap((item) => (item.kind === 'wrap-up' ? [item.record] : []));
  if (wrapUps.length > 0) await stores.interactions.saveWrapUps(wrapUps);
  for (const item of items) {
    if (item.kind === 'customer')
      await stores.interactions.setCustomer(item.interactionId, item.customerId, item.by, item.added);
    else if (item.kind === 'take-number') await takeNumber(stores, item);
    else if (item.kind === 'learn')
      await stores.customers.learnPick({ number: item.number, customerId: item.customerId, by: item.by });
  }
  const drafts = items.flatMap((item) => (item.kind === 'draft' ? [item.record] : []));
  if (drafts.length > 0) await stores.drafts.save(drafts);
}

/** A customer who is not there any more has no number to lose. */
async function takeNumber(
  { customers }: Stores,
  { customerId, number }: { customerId: string; number: string },
): Promise<void> {
  try {
    await customers.removePhone(customerId, number);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
  }
}
