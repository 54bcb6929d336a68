/** How long after a key of a running text a digit still belongs to that text, ms. */
const restMs = 2_000;

export interface TypedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * Remembers when text was typed last, wherever it went: a field may close under the typing hands, and the digits of the sentence that goes on
 * must then choose nothing.
 */
export interface TypedText {
  /**
   * @param typing the key falls into a field  @param now ms, of any clock that only goes forward
   * @returns whether the key is a digit that may choose: it stands alone, in no field and in no running text
   */
  hear(key: TypedKey, typing: boolean, now: number): boolean;
  /** Whether text was typed within the last `ms`. */
  within(ms: number, now: number): boolean;
}

export function createTypedText(): TypedText {
  let last = Number.NEGATIVE_INFINITY;
  return {
    hear({ key, ctrlKey, metaKey, altKey }, typing, now) {
      const isText = key.length === 1 || key === 'Backspace' || key === 'Delete';
      if (!isText || ctrlKey || metaKey || altKey) return false;
      const stands = /^[0-9]$/.test(key) && !typing && now - last >= restMs;
      if (!stands) last = now;
      return stands;
    },
    within: (ms, now) => now - last < ms,
  };
}

/** The page's own: one keyboard, one memory. */
export const typedText = createTypedText();
