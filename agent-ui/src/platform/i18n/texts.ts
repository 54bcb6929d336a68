import type { Language } from './language.ts';
import type errors from './locales/en/errors.json';
import type frame from './locales/en/frame.json';
import type pieces from './locales/en/pieces.json';
import type shell from './locales/en/shell.json';

/** The texts by namespace. A feature adds its own namespace to this interface in its `index.ts`. */
export interface Texts {
  /** What the log-in says, and with what is behind it the frame's texts. */
  shell: typeof shell & typeof frame;
  errors: typeof errors;
  pieces: typeof pieces;
}

/** A file of texts, each loaded when its language is spoken. */
export type TextFiles = Record<Language, () => Promise<{ default: object }>>;
