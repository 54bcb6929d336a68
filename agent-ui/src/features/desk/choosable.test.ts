import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import type { Reason } from '@ringdesk/shared/settings';
import { choosableDispositions, choosableReasons } from './choosable.ts';

const result = (id: string, more: Partial<DeskSettings['dispositions'][number]> = {}) => ({
  id,
  name: { ru: id, en: id },
  directions: ['inbound' as const, 'outbound' as const],
  outcomes: ['answered' as const, 'no-answer' as const],
  archived: false,
  ...more,
});
const settings = {
  dispositions: [
    result('resolved', { outcomes: ['answered'] }),
    result('order', { directions: ['inbound'] }),
    result('old', { archived: true }),
  ],
  queues: [{ name: 'sales', title: null, color: null, dispositions: ['order'] }],
};
type Call = Parameters<typeof choosableDispositions>[1];
const call = (more: Partial<Call> = {}): Call => ({
  queue: null,
  direction: 'inbound',
  attempt: null,
  ...more,
});
const idsFor = (of: Call, chosen: string | null = null) =>
  choosableDispositions(settings, of, chosen).map(({ id }) => id);

test('a call has the results of its direction, of how it went, and of its queue', () => {
  expect(idsFor(call())).toEqual(['resolved', 'order']);
  expect(idsFor(call({ direction: 'outbound' }))).toEqual(['resolved']);
  expect(idsFor(call({ direction: 'outbound', attempt: 'no-answer' }))).toEqual([]);
  expect(idsFor(call({ queue: 'sales' }))).toEqual(['order']);
  expect(idsFor(call({ queue: 'support' }))).toEqual(['resolved', 'order']);
});

test('what was chosen before it was archived stays in sight', () => {
  expect(idsFor(call(), 'old')).toEqual(['resolved', 'order', 'old']);
});

test('an archived reason goes with all below it', () => {
  const reason = (id: string, archived: boolean, children: Reason[] = []): Reason => ({
    id,
    name: { ru: id, en: id },
    notAtFirstContact: false,
    archived,
    children,
  });
  const tree = [reason('a', false, [reason('b', true)]), reason('c', true, [reason('d', false)])];
  expect(choosableReasons(tree)).toEqual([reason('a', false)]);
});
