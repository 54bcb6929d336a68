import type { Reason } from '@ringdesk/shared/settings';

/** A reason as a line of a list. */
export interface ReasonLine {
  path: string;
  depth: number;
  reason: Reason;
}

/** All reasons of a tree, each below the one that it belongs to. */
export function linesOf(tree: readonly Reason[], parent = '', depth = 0): ReasonLine[] {
  return tree.flatMap((reason): ReasonLine[] => {
    const path = parent === '' ? reason.id : `${parent}/${reason.id}`;
    return [{ path, depth, reason }, ...linesOf(reason.children, path, depth + 1)];
  });
}

/** Puts a reason in its place below `parent`, or at the end there. @param parent the path of the one above; empty for none */
export function withReason(tree: readonly Reason[], parent: string, reason: Reason): Reason[] {
  if (parent === '') {
    const isThere = tree.some(({ id }) => id === reason.id);
    return isThere
      ? tree.map((one) => (one.id === reason.id ? { ...reason, children: one.children } : one))
      : [...tree, reason];
  }
  const [first, ...rest] = parent.split('/');
  return tree.map((one) =>
    one.id === first ? { ...one, children: withReason(one.children, rest.join('/'), reason) } : one,
  );
}

/** The path of the one above; empty for none. */
export const parentOf = (path: string): string => path.split('/').slice(0, -1).join('/');
