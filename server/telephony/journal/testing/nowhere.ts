import type { Journal } from '../index.ts';

/** Keeps nothing: for a link whose past nobody will ask for. */
export const nowhere: Journal = {
  append() {},
  segment: 1,
  due: () => false,
  rotate: () => true,
  writtenBefore() {},
  toRecover: () => [],
  putAside() {},
  status: () => ({ kind: 'written' }),
  close() {},
};
