import { customerInput } from '@ringdesk/shared/customer';
import { toE164 } from '@ringdesk/shared/phone';
import { agentsFor, carrierNumber, demoAgents, demoCustomers } from './population.ts';

const customers = demoCustomers(1);
const owners = (): Map<string, number> => {
  const count = new Map<string, number>();
  for (const { phones } of customers) for (const { raw } of phones) count.set(raw, (count.get(raw) ?? 0) + 1);
  return count;
};

test('the same seed gives the same people', () => {
  expect(demoCustomers(1)).toEqual(customers);
  expect(demoCustomers(2)).not.toEqual(customers);
});

test('every customer is one that the server takes, and every phone a real number that the carrier would send', () => {
  for (const customer of customers) {
    expect(customerInput.safeParse(customer).error).toBeUndefined();
    for (const { raw } of customer.phones) {
      const number = toE164(raw, 'RU');
      expect(number).not.toBeNull();
      expect(toE164(carrierNumber(raw), 'RU')).toBe(number);
    }
  }
});

test('some share a number, most have one of their own; names are Cyrillic and Latin, persons and companies', () => {
  const counts = [...owners().values()];
  expect(counts.filter((n) => n > 1).length).toBeGreaterThan(3);
  expect(counts.filter((n) => n === 1).length).toBeGreaterThan(30);
  expect(customers.some(({ name }) => /[а-я]/.test(name))).toBe(true);
  expect(customers.some(({ name }) => /[a-z]/.test(name))).toBe(true);
  expect(new Set(customers.map(({ kind }) => kind))).toEqual(new Set(['person', 'company']));
});

test('eight seats in three queues, one of each waiting for a person; as many more as a load run wants', () => {
  expect(demoAgents).toHaveLength(8);
  for (const queue of ['sales', 'support', 'complaints']) {
    const there = demoAgents.filter((agent) => queue in agent.queues);
    expect(there.filter(({ automatic }) => !automatic)).toHaveLength(1);
    expect(there.filter(({ automatic }) => automatic).length).toBeGreaterThan(0);
  }
  const many = agentsFor(300);
  expect(many).toHaveLength(300);
  expect(new Set(many.map(({ device }) => device)).size).toBe(300);
  expect(agentsFor(3)).toHaveLength(3);
});
