/**
 * Text without what cannot be seen and changes what is: control characters, marks that turn the direction of writing (a name could be shown as another
 * one's), and halves of characters. Line breaks and tabs stay. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export function plainText(text: string): string {
  return text.replace(invisible, '');
}

/** C0 and C1 without tab and line breaks; embeddings, overrides and isolates; the byte order mark; surrogates that stand alone. */
const invisible = /[^\P{Cc}\t\n\r]|\p{Cs}|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu;
