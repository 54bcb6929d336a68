import type { Customer } from '@ringdesk/shared/customer';
import { comparable } from '../../../../platform/search/words.ts';

const tiers = new Map<string, Customer['tier']>([
  ['standard', 'standard'],
  ['стандарт', 'standard'],
  ['обычный', 'standard'],
  ['silver', 'silver'],
  ['серебро', 'silver'],
  ['серебряный', 'silver'],
  ['gold', 'gold'],
  ['золото', 'gold'],
  ['золотой', 'gold'],
  ['vip', 'vip'],
  ['вип', 'vip'],
]);

const kinds = new Map<string, Customer['kind']>([
  ['person', 'person'],
  ['contact', 'person'],
  ['контакт', 'person'],
  ['человек', 'person'],
  ['физ лицо', 'person'],
  ['физлицо', 'person'],
  ['физическое лицо', 'person'],
  ['частное лицо', 'person'],
  ['company', 'company'],
  ['компания', 'company'],
  ['организация', 'company'],
  ['юр лицо', 'company'],
  ['юрлицо', 'company'],
  ['юридическое лицо', 'company'],
]);

const plain = (cell: string) =>
  comparable(cell)
    .replace(/[.\s]+/g, ' ')
    .trim();

export const tierOf = (cell: string) => tiers.get(plain(cell)) ?? null;
export const kindOf = (cell: string) => kinds.get(plain(cell)) ?? null;
export const isTier = (cell: string) => tierOf(cell) !== null;
export const isKind = (cell: string) => kindOf(cell) !== null;
