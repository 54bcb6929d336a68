import type { User } from '@ringdesk/shared/user';
import type { AuditEntry } from '../audit/index.ts';
import { createReading, type Reader } from './reading.ts';

function setUp() {
  const clock = { now: 0 };
  const noted: AuditEntry[] = [];
  const reading = createReading({
    audit: (entry) => noted.push(entry),
    isOnDesk: (user, person) => user.id === 'anna' && person === 'on the line',
    elapsed: () => clock.now,
  });
  return { clock, noted, reading };
}

function reader(id: string, role: User['role'] = 'agent'): Reader {
  const user: User = { id, login: id, name: id, role, agent: '1001', device: null, locale: null };
  return { user, from: '10.0.0.7' };
}

function passes(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/** How many of these persons somebody gets to see before it is enough. */
function openedOf(count: number, open: (person: string) => void): number {
  return Array.from({ length: count }, (_, at) => passes(() => open(`c${at}`))).filter(Boolean).length;
}

test('an agent who walks down the tree of numbers gets no further than a day`s work, and it is recorded', () => {
  const { clock, reading, noted } = setUp();
  const anna = reader('anna');
  const got = new Set<string>();
  for (let at = 0; at < 445; at += 1) {
    clock.now += 10;
    const page = Array.from({ length: 100 }, (_, line) => `c${at * 45 + line}`);
    if (passes(() => reading.search(anna)) && passes(() => reading.found(anna, page)))
      for (const id of page) got.add(id);
  }
  expect(got.size).toBeLessThanOrEqual(2000);
  expect(noted[0]).toMatchObject({ who: 'anna', what: 'reading-refused', from: '10.0.0.7' });
});

test('three hundred people are opened in any hour, five times as many by a supervisor', () => {
  const { clock, reading } = setUp();
  const anna = openedOf(1000, (person) => {
    clock.now += 3600;
    reading.open(reader('anna'), person);
  });
  expect(anna).toBeGreaterThan(250);
  expect(anna).toBeLessThanOrEqual(300);
  expect(openedOf(2000, (person) => reading.open(reader('vera', 'supervisor'), person))).toBe(1000);
});

test('whoever was seen within the hour, and who is on the own desk, costs nothing', () => {
  const { clock, reading } = setUp();
  const anna = reader('anna');
  openedOf(1000, (person) => reading.open(anna, person));
  expect(passes(() => reading.open(anna, 'c3'))).toBe(true);
  expect(passes(() => reading.open(anna, 'on the line'))).toBe(true);
  expect(passes(() => reading.open(anna, 'somebody else'))).toBe(false);
  expect([reading.hasSeen(anna.user, 'c3'), reading.hasSeen(anna.user, 'nobody')]).toEqual([true, false]);
  clock.now += 3_600_001;
  expect(reading.hasSeen(anna.user, 'c3')).toBe(false);
});

test('one who reads too much keeps nobody else from reading', () => {
  const { reading } = setUp();
  openedOf(1000, (person) => reading.open(reader('anna'), person));
  expect(passes(() => reading.open(reader('boris'), 'c1'))).toBe(true);
});

test('who only searches by typing is not held up', () => {
  const { clock, reading } = setUp();
  const done = Array.from({ length: 300 }, (_, at) => {
    clock.now += 1100;
    return passes(() => {
      reading.search(reader('anna'));
      reading.found(reader('anna'), [`c${at % 40}`]);
    });
  });
  expect(done.every(Boolean)).toBe(true);
});

test('who looks at whom is recorded, once an hour each; what is on the own desk is not', () => {
  const { clock, reading, noted } = setUp();
  const anna = reader('anna');
  for (const person of ['c1', 'c1', '+74955550101', 'on the line']) reading.open(anna, person);
  expect(noted).toEqual(
    ['c1', '+74955550101'].map((to) => ({ who: 'anna', what: 'person-opened', to, from: '10.0.0.7' })),
  );
  clock.now += 3_600_001;
  reading.open(anna, 'c1');
  expect(noted).toHaveLength(3);
});
