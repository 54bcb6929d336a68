import type { Customer } from '@ringdesk/shared/customer';
import { interaction } from '@ringdesk/shared/interaction';
import { defaultSettings } from '../../features/settings/index.ts';
import { demoCustomers } from '../asterisk-simulator/index.ts';
import { pastContacts } from './past.ts';

const now = Date.parse('2026-03-01T12:00:00.000Z');
const customers: Customer[] = demoCustomers(1).map((input, at) => ({
  ...input,
  id: `c${at}`,
  phones: input.phones.map(({ raw, label }) => ({ raw, label, number: `+${raw.replace(/\D/g, '')}` })),
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}));
const contacts = pastContacts({ customers, seed: 1, now });

test('the same seed and moment give the same', () => {
  expect(pastContacts({ customers, seed: 1, now })).toEqual(contacts);
});

test('they are contacts as any others, each once, oldest first, and over', () => {
  expect(contacts.map((contact) => interaction.parse(contact))).toEqual(contacts);
  expect(new Set(contacts.map((contact) => contact.id)).size).toBe(contacts.length);
  const starts = contacts.map((contact) => contact.startedAt);
  expect([...starts].sort()).toEqual(starts);
  expect(contacts.every((contact) => Date.parse(contact.endedAt ?? '') < now)).toBe(true);
});

test('some customers were answered within the last week, some were not, and some have never called', () => {
  const recent = contacts.filter(
    (one) => one.outcome === 'answered' && Date.parse(one.startedAt) > now - 7 * 86_400_000,
  );
  const callers = new Set(contacts.map((contact) => contact.customerId));
  expect(recent.length).toBeGreaterThan(5);
  expect(contacts.length - recent.length).toBeGreaterThan(5);
  expect(callers.size).toBeLessThan(customers.length);
  expect(callers.size).toBeLessThan(contacts.length);
});

test('dispositions and reasons are among those of the desk', () => {
  const settings = defaultSettings({ wrapUpLimitMs: 0, shortAbandonMs: 0 });
  const [dispositions, reasons] = [settings.dispositions.list, settings.reasons.tree];
  const paths = reasons.flatMap((reason) => reason.children.map((child) => `${reason.id}/${child.id}`));
  const known = new Set<string | null>([null, ...paths, ...dispositions.map((one) => one.id)]);
  const used = contacts.flatMap((contact) => [contact.disposition, contact.reason]);
  expect(used.filter((one) => !known.has(one))).toEqual([]);
});
