import type { Language } from './language.ts';
import type errors from './locales/en/errors.json';
import type pieces from './locales/en/pieces.json';
import type shell from './locales/en/shell.json';

/** The texts by namespace. A feature adds its own namespace to this interface in its `index.ts`. */
export interface Texts {
  shell: typeof shell;
  errors: typeof errors;
  pieces: typeof pieces;
}

/** A file of texts, each loaded when its language is spoken. */
export type TextFiles = Record<Language, () => Promise<{ default: object }>>;
