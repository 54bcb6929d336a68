import fc from 'fast-check';
import { type Classified, type Contact, chainLengths, classify, repeatMatches } from './repeats.ts';

const minute = 60_000;
const day = 1440 * minute;
let made = 0;
function contact(startedAt: number, said: Partial<Contact> = {}): Contact {
  made += 1;
  return {
    id: `c${made}`,
    startedAt,
    endedAt: startedAt + 5 * minute,
    direction: 'inbound',
    answered: true,
    handedOn: false,
    reason: null,
    ...said,
  };
}
const week = { windowDays: 7, match: 'any' } as const;
const classes = (contacts: Contact[], variant: Parameters<typeof classify>[1] = week) => {
  const found = classify(contacts, variant);
  return contacts.flatMap(({ id }) => found.get(id)?.class ?? []);
};

test('who was served, gives up twice the next day and is then answered, came again once', () => {
  const contacts = [
    contact(0),
    contact(day, { answered: false }),
    contact(day + 10 * minute, { answered: false }),
    contact(day + 20 * minute),
  ];
  expect(classes(contacts)).toEqual(['first', 'repeat', 'retry', 'retry']);
  expect(classify(contacts, week).get(contacts[1]?.id ?? '')?.trigger).toBe(contacts[0]?.id);
});

test('the window is counted from the end of the earlier contact, and its last moment belongs to it', () => {
  const first = contact(0);
  expect(classes([first, contact(first.endedAt + 7 * day)])).toEqual(['first', 'repeat']);
  expect(classes([first, contact(first.endedAt + 7 * day + 1)])).toEqual(['first', 'first']);
});

test('a contact that began before the other one ended is not after it', () => {
  expect(classes([contact(0), contact(4 * minute)])).toEqual(['first', 'first']);
});

test('who answers our call came not again; who comes after we spoke did, and the one before us is the reason', () => {
  const served = contact(0);
  const ours = contact(day, { direction: 'outbound', answered: false });
  expect(classes([served, ours, contact(day + 10 * minute)])).toEqual(['first', 'returned']);
  const spoken = contact(day, { direction: 'outbound' });
  const again = contact(2 * day);
  expect(classify([served, spoken, again], week).get(again.id)).toEqual({
    class: 'repeat',
    trigger: served.id,
  });
  expect(classify([spoken, again], week).get(again.id)).toEqual({ class: 'repeat', trigger: spoken.id });
});

test('what we handed on and comes in within a quarter of an hour is the same call', () => {
  const handed = contact(0, { handedOn: true });
  expect(classes([handed, contact(handed.endedAt + 15 * minute)])).toEqual(['first', 'forward']);
  expect(classes([handed, contact(handed.endedAt + 15 * minute + 1)])).toEqual(['first', 'repeat']);
});

test('with reasons asked for, only the same one counts, and none matches nothing', () => {
  const invoice = contact(0, { reason: 'billing/invoice' });
  const refund = contact(day, { reason: 'billing/refund' });
  const fault = contact(2 * day, { reason: 'support/fault' });
  const none = contact(3 * day);
  const all = [invoice, refund, fault, none];
  expect(classes(all)).toEqual(['first', 'repeat', 'repeat', 'repeat']);
  expect(classes(all, { ...week, match: 'same-reason-group' })).toEqual([
    'first',
    'repeat',
    'first',
    'first',
  ]);
  expect(classes(all, { ...week, match: 'same-reason' })).toEqual(['first', 'first', 'first', 'first']);
});

test('a chain runs on as long as others than the first follow', () => {
  expect(chainLengths(['first', 'repeat', 'retry', 'first', 'returned'])).toEqual([3, 2]);
  expect(chainLengths([])).toEqual([]);
});

/** The definition, word for word and without a thought for speed. */
function bruteForce(
  c: Contact,
  all: readonly Contact[],
  variant: Parameters<typeof classify>[1],
): Classified {
  const same = (p: Contact) => {
    if (variant.match === 'any') return true;
    if (p.reason === null || c.reason === null) return false;
    const [a, b] = [p.reason.split('/'), c.reason.split('/')];
    return a[0] === b[0] && (variant.match === 'same-reason-group' || p.reason === c.reason);
  };
  const latest = (which: (p: Contact) => boolean) => {
    let best: Contact | null = null;
    for (const p of all) {
      const gap = c.startedAt - p.endedAt;
      if (p.id === c.id || gap < 0 || gap > variant.windowDays * day || !same(p) || !which(p)) continue;
      if (
        best === null ||
        p.endedAt > best.endedAt ||
        (p.endedAt === best.endedAt &&
          (p.startedAt > best.startedAt || (p.startedAt === best.startedAt && p.id > best.id)))
      )
        best = p;
    }
    return best;
  };
  const p = latest(() => true);
  if (p === null) return { class: 'first', trigger: null };
  if (p.handedOn && c.startedAt - p.endedAt <= 15 * minute) return { class: 'forward', trigger: null };
  if (p.direction === 'inbound' && p.answered) return { class: 'repeat', trigger: p.id };
  if (p.direction === 'inbound') return { class: 'retry', trigger: null };
  if (!p.answered) return { class: 'returned', trigger: null };
  return {
    class: 'repeat',
    trigger: latest((one) => one.direction === 'inbound' && one.answered)?.id ?? p.id,
  };
}

test('for any history it is what the definition says, in whatever order it is told', () => {
  const any = fc.record({
    startedAt: fc.integer({ min: 0, max: 400 }).map((hours) => hours * 60 * minute),
    length: fc.constantFrom(0, 5 * minute, 90 * minute),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    answered: fc.boolean(),
    handedOn: fc.boolean(),
    reason: fc.constantFrom(null, 'billing', 'billing/invoice', 'billing/refund', 'support/fault'),
  });
  fc.assert(
    fc.property(
      fc.array(any, { maxLength: 25 }),
      fc.constantFrom(1, 3, 7, 14, 30),
      fc.constantFrom(...repeatMatches),
      (raw, windowDays, match) => {
        const contacts = raw.map(({ length, ...one }, at) => ({
          ...one,
          id: `c${String(at).padStart(2, '0')}`,
          endedAt: one.startedAt + length,
        }));
        const found = classify([...contacts].reverse(), { windowDays, match });
        for (const one of contacts)
          expect(found.get(one.id)).toEqual(
            one.direction === 'inbound' ? bruteForce(one, contacts, { windowDays, match }) : undefined,
          );
      },
    ),
  );
});
