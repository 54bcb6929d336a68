import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as russian } from '@orama/stemmers/russian';

/**
 * Text as it is compared: lower case, ё as е, Latin letters without their marks, spaces single. й stays й.
 * Two names are the same name when this is equal.
 */
export function comparable(text: string): string {
  const lower = plain.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{ASCII}\p{Script=Cyrillic}]/gu, (letter) =>
          letter.normalize('NFD').replace(/\p{M}+/gu, ''),
        );
  return lower.replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
}

/** Letters that compare as they are, but for their case: nearly all text, and an import has much of it. */
const plain = /^[ -~А-яЁё]*$/;

/** The words of a text, comparable, without punctuation: `ООО «Ромашка-Юг»` gives `ооо`, `ромашка`, `юг`. */
export function words(text: string): string[] {
  return comparable(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The longest run of a word that is kept as a key; a longer query is cut to it. */
const longestWord = 40;
/** A stem that is shorter finds too much. */
const shortestStem = 3;
/** Marks a key by sound, so that it is no word. */
const soundMark = '~';
const hasLetters = /\p{L}/u;

/** The keys under which the words of a text stand in an index: each as written, and by its sound. Any beginning of a key finds it. */
export function wordKeys(text: string): string[] {
  return words(text).flatMap((word) => {
    const written = word.slice(0, longestWord);
    return hasLetters.test(word) ? [written, soundMark + soundOf(word)] : [written];
  });
}

/**
 * Beginnings of keys by which a typed word is found: as typed, in its other forms (Ромашки finds Ромашка), and as it sounds in the other
 * alphabet (romashka finds Ромашка).
 */
export function beginningsOf(word: string): string[] {
  const beginnings = new Set([word.slice(0, longestWord)]);
  const stem = stemOf(word);
  if (stem.length >= shortestStem) beginnings.add(stem);
  if (hasLetters.test(word)) beginnings.add(soundMark + soundOf(word));
  return [...beginnings];
}

/** The part of a word that all its forms share, by Snowball's rules: http://snowball.tartarus.org */
function stemOf(word: string): string {
  if (/^[а-я]+$/.test(word)) return russian(word);
  return /^[a-z]+$/.test(word) ? english(word) : word;
}

const latinOf: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'u',
  я: 'a',
  і: 'i',
  ї: 'i',
  є: 'e',
  ґ: 'g',
  ў: 'u',
};

/** One way of writing for what people write in many: Щукин, Shchukin, Schukin; Юлия, Yulia, Julija. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, 'sh'],
  [/kh/g, 'h'],
  [/ph/g, 'f'],
  [/tz|cz/g, 'ts'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/c(?!h)/g, 'k'],
  [/q/g, 'k'],
  [/[yji]+([aoue])/g, '$1'],
  [/[yj]/g, 'i'],
  [/(.)\1+/g, '$1'],
];

/** How a word sounds, roughly, in Latin letters. */
function soundOf(word: string): string {
  let sound = word.replace(/[а-яіїєґў]/g, (letter) => latinOf[letter] ?? letter);
  for (const [written, as] of alike) sound = sound.replace(written, as);
  return sound.slice(0, longestWord);
}
