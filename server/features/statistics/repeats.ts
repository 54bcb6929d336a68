import type { Interaction } from '@ringdesk/shared/interaction';
import {
  type Classified,
  type Contact,
  chainLengths,
  classify,
  contactOf,
  type RepeatVariant,
} from '@ringdesk/shared/metrics/repeats';
import type { RepeatReport, RepeatRow, RepeatsQuery } from '@ringdesk/shared/report';
import type { Countable } from '../interactions/index.ts';
import { spanOf } from './query.ts';
import { hourMs } from './rules.ts';

export interface RepeatsOptions {
  countable: Pick<Countable, 'inHours'>;
  /** The customers' ids by their numbers. */
  ownersOf(numbers: readonly string[]): Promise<ReadonlyMap<string, string>>;
  settings(): {
    timeZone: string;
    /** Reasons that cannot be solved at the first contact, as paths. */
    notAtFirstContact: ReadonlySet<string>;
  };
  now(): number;
}

const dayMs = 86_400_000;

/** A contact with whose it is. */
interface Attributed extends Contact {
  /** null: withheld, or no number. */
  who: string | null;
  queue: string;
  first: string;
  last: string;
  disposition: string;
}

/** Who had to contact us again. @throws Refusal `bad-input`, `store-unavailable` */
export async function repeatContacts(options: RepeatsOptions, asked: RepeatsQuery): Promise<RepeatReport> {
  const { timeZone, notAtFirstContact } = options.settings();
  const span = spanOf(asked, timeZone);
  const { windowDays, match, attribution } = asked;
  const window = windowDays * dayMs;
  // What came before decides about the first ones, what comes after about the last ones.
  const contacts = await read(options, span.from - window, span.to + window);
  const isIn = ({ startedAt }: Contact) => startedAt >= span.from && startedAt < span.to;
  const sums = new Sums({ attribution, by: asked.by, now: options.now(), window, notAtFirstContact });
  const wanted = wantedBy(asked, attribution);
  for (const history of byCustomer(contacts)) {
    const classes =
      history.who === null
        ? new Map<string, Classified>()
        : classify(history.contacts, { windowDays, match });
    sums.add(history.contacts, classes, isIn, wanted);
  }
  return {
    report: 'repeat-contacts',
    from: asked.from,
    to: asked.to,
    timeZone,
    variant: { windowDays, match, attribution },
    rows: asked.by === 'none' ? [] : sums.rows(),
    total: sums.total(),
  };
}

async function read(options: RepeatsOptions, from: number, to: number): Promise<Attributed[]> {
  const found: { interaction: Interaction; contact: Contact }[] = [];
  for await (const interaction of options.countable.inHours(
    Math.floor(from / hourMs),
    Math.ceil(to / hourMs),
  )) {
    const contact = contactOf(interaction);
    if (contact !== null) found.push({ interaction, contact });
  }
  const unknown = found.flatMap(({ interaction: { customerId, number, presentation } }) =>
    customerId === null && number !== null && presentation === 'allowed' ? [number] : [],
  );
  const owners = await options.ownersOf([...new Set(unknown)]);
  return found.map(({ interaction, contact }) => attributed(interaction, contact, owners));
}

function attributed(
  interaction: Interaction,
  contact: Contact,
  owners: ReadonlyMap<string, string>,
): Attributed {
  const { customerId, number, presentation, entries, legs, disposition } = interaction;
  const shown = presentation === 'allowed' ? number : null;
  const talked = legs
    .filter((leg) => !leg.consultation && leg.outcome === 'answered')
    .sort((one, other) => Date.parse(one.answeredAt ?? '') - Date.parse(other.answeredAt ?? ''));
  return {
    ...contact,
    who: customerId ?? (shown === null ? null : (owners.get(shown) ?? shown)),
    queue: entries.find(({ consultation }) => !consultation)?.queue ?? '',
    first: talked[0]?.agent ?? '',
    last: talked.at(-1)?.agent ?? '',
    disposition: disposition ?? '',
  };
}

function* byCustomer(
  contacts: readonly Attributed[],
): Generator<{ who: string | null; contacts: Attributed[] }> {
  const histories = new Map<string | null, Attributed[]>();
  for (const contact of contacts) {
    const own = histories.get(contact.who);
    if (own === undefined) histories.set(contact.who, [contact]);
    else own.push(contact);
  }
  for (const [who, own] of histories)
    yield { who, contacts: own.sort((one, other) => one.startedAt - other.startedAt) };
}

function keyBy(by: RepeatsQuery['by'], attribution: RepeatVariant['attribution']) {
  return (contact: Attributed): string => {
    if (by === 'none') return '';
    return by === 'agent' ? contact[attribution] : (contact[by] ?? '');
  };
}

/** Whose contacts are wanted: of these queues, agents and reasons. */
function wantedBy(
  { queue, agent, reason }: RepeatsQuery,
  attribution: RepeatVariant['attribution'],
): (contact: Attributed) => boolean {
  const has = (list: readonly string[] | undefined, value: string) =>
    list === undefined || list.includes(value);
  return (contact) =>
    has(queue, contact.queue) && has(agent, contact[attribution]) && has(reason, contact.reason ?? '');
}

interface Sum {
  inbound: number;
  answered: number;
  customers: Set<string>;
  repeaters: Set<string>;
  classes: Record<Classified['class'], number>;
  withheld: number;
  triggers: number;
  answeredSolvable: number;
  triggersSolvable: number;
  chains: number;
  inChains: number;
  notFinal: number;
}

interface SumsOptions {
  attribution: RepeatVariant['attribution'];
  by: RepeatsQuery['by'];
  now: number;
  window: number;
  notAtFirstContact: ReadonlySet<string>;
}

/** The report's rows while they grow. A repeat is told of whose its trigger is; all else of whose the contact itself is. */
class Sums {
  readonly #o: SumsOptions;
  readonly #all = noSum();
  readonly #byKey = new Map<string, Sum>();
  readonly #keyOf: (contact: Attributed) => string;

  constructor(options: SumsOptions) {
    this.#o = options;
    this.#keyOf = keyBy(options.by, options.attribution);
  }

  /** One customer's contacts, or all of nobody's, in the order in which they began. */
  add(
    contacts: readonly Attributed[],
    classes: ReadonlyMap<string, Classified>,
    isIn: (contact: Contact) => boolean,
    wanted: (contact: Attributed) => boolean,
  ): void {
    const byId = new Map(contacts.map((contact) => [contact.id, contact]));
    const triggers = new Set([...classes.values()].flatMap(({ trigger }) => trigger ?? []));
    for (const contact of contacts) {
      if (!isIn(contact)) continue;
      if (contact.direction === 'inbound' && wanted(contact)) this.#count(contact, triggers);
      const found = classes.get(contact.id);
      if (found === undefined) continue;
      const whose = (found.trigger === null ? undefined : byId.get(found.trigger)) ?? contact;
      if (wanted(whose)) this.#countClass(contact, found.class, whose);
    }
    const inside = contacts.filter((contact) => isIn(contact) && classes.has(contact.id) && wanted(contact));
    for (const sum of [this.#all, ...(this.#o.by === 'none' ? [] : this.#sumsOf(inside))]) {
      const own = sum === this.#all ? inside : inside.filter((contact) => this.#sumOf(contact) === sum);
      const lengths = chainLengths(own.map(({ id }) => classes.get(id)?.class ?? 'first'));
      sum.chains += lengths.length;
      sum.inChains += own.length;
    }
  }

  rows(): (RepeatRow & { key: string })[] {
    return [...this.#byKey]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, sum]) => ({ key, ...rowOf(sum) }));
  }

  total(): RepeatRow {
    return rowOf(this.#all);
  }

  #count(contact: Attributed, triggers: ReadonlySet<string>): void {
    const { who, answered, endedAt, id, reason } = contact;
    const solvable = reason === null || !this.#o.notAtFirstContact.has(reason);
    for (const sum of [this.#all, this.#sumOf(contact)]) {
      sum.inbound += 1;
      if (who === null) {
        sum.withheld += 1;
        continue;
      }
      sum.customers.add(who);
      if (!answered) continue;
      sum.answered += 1;
      if (endedAt + this.#o.window > this.#o.now) sum.notFinal += 1;
      if (triggers.has(id)) sum.triggers += 1;
      if (!solvable) continue;
      sum.answeredSolvable += 1;
      if (triggers.has(id)) sum.triggersSolvable += 1;
    }
  }

  #countClass({ who }: Attributed, found: Classified['class'], whose: Attributed): void {
    for (const sum of [this.#all, this.#sumOf(whose)]) {
      sum.classes[found] += 1;
      if (found === 'repeat' && who !== null) sum.repeaters.add(who);
    }
  }

  #sumOf(contact: Attributed): Sum {
    const key = this.#keyOf(contact);
    const sum = this.#byKey.get(key) ?? noSum();
    this.#byKey.set(key, sum);
    return sum;
  }

  #sumsOf(contacts: readonly Attributed[]): Sum[] {
    return [...new Set(contacts.map((contact) => this.#sumOf(contact)))];
  }
}

function noSum(): Sum {
  return {
    inbound: 0,
    answered: 0,
    customers: new Set(),
    repeaters: new Set(),
    classes: { first: 0, repeat: 0, retry: 0, returned: 0, forward: 0 },
    withheld: 0,
    triggers: 0,
    answeredSolvable: 0,
    triggersSolvable: 0,
    chains: 0,
    inChains: 0,
    notFinal: 0,
  };
}

const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

function rowOf(sum: Sum): RepeatRow {
  const { answered, triggers, answeredSolvable, triggersSolvable, classes, chains, inChains } = sum;
  return {
    inbound: sum.inbound,
    answered,
    customers: sum.customers.size,
    ...classes,
    withheld: sum.withheld,
    repeatRate: share(classes.repeat, answered),
    repeatCustomers: sum.repeaters.size,
    triggers,
    fcrGross: share(answered - triggers, answered),
    fcrNet: share(answeredSolvable - triggersSolvable, answeredSolvable),
    contactsPerProblem: share(inChains, chains),
    notFinal: sum.notFinal,
  };
}
