import type { Reason } from '@ringdesk/shared/settings';
import type { Language } from '../../platform/i18n/language.ts';

/** A reason that can be chosen: a leaf of the tree, with its way from the root. */
export interface ReasonChoice {
  /** As it is saved, e.g. `billing/invoice`. */
  path: string;
  /** Names from the root to the leaf. */
  names: string[];
}

/** All leaves, in the order of the tree. */
export function reasonChoices(tree: readonly Reason[], language: Language): ReasonChoice[] {
  const walk = (nodes: readonly Reason[], parent: string, names: string[]): ReasonChoice[] =>
    nodes.flatMap((node) => {
      const path = pathOf(parent, node.id);
      const here = [...names, node.name[language]];
      return node.children.length === 0 ? [{ path, names: here }] : walk(node.children, path, here);
    });
  return walk(tree, '', []);
}

function pathOf(parent: string, id: string): string {
  return parent === '' || id.startsWith(`${parent}/`) ? id : `${parent}/${id}`;
}

/** The choices that have every word of `text` somewhere on their way. */
export function filterReasons(choices: readonly ReasonChoice[], text: string): ReasonChoice[] {
  const words = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  return choices.filter((choice) => {
    const way = plain(choice.names.join(' '));
    return words.every((word) => way.includes(word));
  });
}

/** What is compared: without case, and е for ё, as people type. */
const plain = (text: string) => text.toLocaleLowerCase().replaceAll('ё', 'е');

/** `Billing › Invoice`; a path that the settings no longer have is shown as it was saved. */
export function reasonName(path: string, tree: readonly Reason[], language: Language): string {
  const choice = reasonChoices(tree, language).find((each) => each.path === path);
  return choice ? choice.names.join(' › ') : path.replaceAll('/', ' › ');
}

/** A saved choice's name in the page's language; one that the settings no longer have is shown by its id. */
export function nameOfChoice(
  id: string,
  choices: readonly { id: string; name: Record<Language, string> }[],
  language: Language,
): string {
  return choices.find((choice) => choice.id === id)?.name[language] ?? id;
}
