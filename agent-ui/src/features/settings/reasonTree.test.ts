import type { Reason } from '@ringdesk/shared/settings';
import { linesOf, parentOf, withReason } from './reasonTree.ts';

const reason = (id: string, children: Reason[] = [], more: Partial<Reason> = {}): Reason => ({
  id,
  name: { ru: id, en: id },
  notAtFirstContact: false,
  archived: false,
  children,
  ...more,
});
const tree = [reason('billing', [reason('invoice'), reason('refund')]), reason('other')];
const pathsOf = (of: readonly Reason[]) => linesOf(of).map(({ path, depth }) => `${depth} ${path}`);

test('a tree is a list of lines, each below its branch', () => {
  expect(pathsOf(tree)).toEqual(['0 billing', '1 billing/invoice', '1 billing/refund', '0 other']);
  expect([parentOf('billing/invoice'), parentOf('other')]).toEqual(['billing', '']);
});

test('a reason is added at the end of its branch, and changed in its place with all below it', () => {
  expect(pathsOf(withReason(tree, 'billing', reason('debt')))).toContain('1 billing/debt');
  const archived = withReason(tree, '', reason('billing', [], { archived: true }));
  expect(pathsOf(archived)).toEqual(pathsOf(tree));
  expect(archived[0]?.archived).toBe(true);
});
