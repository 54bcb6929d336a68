import type { CustomerInput } from '@ringdesk/shared/customer';
import { createRandom, type Random } from './random.ts';

/** The people of the demo: who works there and who calls. Pure: the same seed gives the same people. */

export interface DemoAgent {
  /** The number of the phone, and the agent's id in calls. */
  extension: string;
  /** The queue member's interface. */
  device: string;
  name: string;
  login: string;
  /** Queue to penalty. */
  queues: Readonly<Record<string, number>>;
  /** True: the simulator plays this agent. False: the seat waits, paused with reason `offline`, for somebody who logs in. */
  automatic: boolean;
}

const seat = (
  extension: string,
  name: string,
  login: string,
  queues: Record<string, number>,
  automatic: boolean,
): DemoAgent => ({ extension, device: `PJSIP/${extension}`, name, login, queues, automatic });

/** The eight seats of the house; one in each queue is free for a person. */
export const demoAgents: readonly DemoAgent[] = [
  seat('1001', 'Анна Петрова', 'anna', { sales: 0 }, false),
  seat('1002', 'Борис Иванов', 'boris', { sales: 0 }, true),
  seat('1003', 'Clara Nowak', 'clara', { sales: 0, support: 1 }, true),
  seat('1004', 'Дмитрий Орлов', 'dmitri', { support: 0 }, false),
  seat('1005', 'Elena Weiß', 'elena', { support: 0 }, true),
  seat('1006', 'Фарид Алиев', 'farid', { complaints: 0 }, false),
  seat('1007', 'Greta Holm', 'greta', { complaints: 0 }, true),
  seat('1008', 'Hugo Silva', 'hugo', { complaints: 0 }, true),
];

/** Seats for a load run: the eight of the house, and as many numbered ones as it takes, in sales and support. */
export function agentsFor(count: number): DemoAgent[] {
  const more = Array.from({ length: Math.max(0, count - demoAgents.length) }, (_, i) => {
    const extension = String(3000 + i);
    return seat(
      extension,
      `Agent ${extension}`,
      `agent${extension}`,
      i % 3 === 2 ? { support: 0 } : { sales: 0 },
      true,
    );
  });
  return [...demoAgents.slice(0, count), ...more];
}

const RUSSIAN_WOMEN = [
  'Ольга',
  'Наталья',
  'Светлана',
  'Екатерина',
  'Ирина',
  'Юлия',
  'Татьяна',
  'Алёна',
] as const;
const RUSSIAN_MEN = ['Сергей', 'Пётр', 'Алексей', 'Михаил', 'Николай', 'Илья', 'Тимур', 'Артём'] as const;
const RUSSIAN_NAMES = [
  'Щукин',
  'Журавлёв',
  'Соколов',
  'Ёлкин',
  'Громов',
  'Быков',
  'Цветков',
  'Юдин',
] as const;
const OTHERS = [
  'James Carter',
  'Maria Schäfer',
  'Zofia Wiśniewska',
  'Jürgen Groß',
  'Aoife Murphy',
  'João Pereira',
  'Agnieszka Lis',
  'Oliver Stone',
] as const;
const COMPANIES = [
  'ООО «Ромашка»',
  'АО «Северный ветер»',
  'ИП Кузнецов',
  'ООО «Ёлка»',
  'Nordwind GmbH',
  'Bright & Sons Ltd',
  'Żabka Serwis',
  'ООО «Вектор-Плюс»',
] as const;
const TIERS = ['standard', 'standard', 'standard', 'standard', 'silver', 'silver', 'gold', 'vip'] as const;
const NOTES = [
  'Просит звонить после 18:00.',
  'Prefers English.',
  'Договор продлён до конца года.',
  null,
  null,
  null,
] as const;

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.whole(0, 9))).join('');

/** A number as it would be typed, in E.164 with spaces; valid in its country. */
function russianMobile(random: Random): string {
  return `+7 916 ${random.whole(200, 989)}-${digits(random, 2)}-${digits(random, 2)}`;
}
function russianLandline(random: Random): string {
  return `+7 495 ${random.whole(200, 989)}-${digits(random, 2)}-${digits(random, 2)}`;
}
function foreignNumber(random: Random): string {
  const make = random.pick([
    () => `+49 1512 ${random.whole(2000000, 8999999)}`,
    () => `+48 601 ${random.whole(200, 989)} ${digits(random, 3)}`,
    () => `+44 7911 ${random.whole(123456, 199999)}`,
  ]);
  return make();
}

const person = (
  name: string,
  phones: CustomerInput['phones'],
  rest: Partial<CustomerInput> = {},
): CustomerInput => ({
  kind: 'person',
  name,
  company: null,
  phones,
  emails: [],
  tier: 'standard',
  segment: null,
  tags: [],
  note: null,
  ...rest,
});

function russianPerson(random: Random): string {
  const surname = random.pick(RUSSIAN_NAMES);
  return random.chance(0.5)
    ? `${random.pick(RUSSIAN_WOMEN)} ${surname}а`
    : `${random.pick(RUSSIAN_MEN)} ${surname}`;
}

/**
 * The customers whom the simulator lets call: about fifty persons and companies, some of whom share a number (a household, a company's
 * switchboard). Phones are given as typed, ready for `customers.create`.
 */
export function demoCustomers(seed: number): CustomerInput[] {
  const random = createRandom(seed).fork('customers');
  const customers: CustomerInput[] = [];
  const mobile = (raw: string) => ({ raw, label: 'mobile' });
  for (let i = 0; i < 24; i++) {
    const phones = [mobile(russianMobile(random))];
    if (random.chance(0.25)) phones.push({ raw: russianLandline(random), label: 'home' });
    customers.push(
      person(russianPerson(random), phones, {
        tier: random.pick(TIERS),
        segment: random.chance(0.4) ? 'retail' : null,
        note: random.pick(NOTES),
      }),
    );
  }
  for (const [i, name] of OTHERS.entries()) {
    customers.push(
      person(name, [mobile(foreignNumber(random))], {
        tier: random.pick(TIERS),
        emails: [`customer${i + 1}@example.com`],
        tags: ['english'],
      }),
    );
  }
  for (const [i, name] of COMPANIES.entries()) {
    const switchboard = { raw: russianLandline(random), label: 'office' };
    customers.push({
      ...person(name, [switchboard]),
      kind: 'company',
      tier: random.pick(TIERS),
      segment: 'business',
      emails: [`office${i + 1}@example.com`],
    });
    // Two people of every second company call from its switchboard: the same number, three possible names.
    for (let k = 0; i % 2 === 0 && k < 2; k++)
      customers.push(
        person(russianPerson(random), [switchboard, mobile(russianMobile(random))], {
          company: name,
          tier: 'silver',
          segment: 'business',
        }),
      );
  }
  const household = { raw: russianLandline(random), label: 'home' };
  customers.push(person('Лариса Белова', [household]), person('Виктор Белов', [household], { tier: 'gold' }));
  return customers;
}

/** The number as the carrier sends it: the digits of E.164, without the plus. */
export function carrierNumber(raw: string): string {
  return raw.replace(/\D/g, '');
}
