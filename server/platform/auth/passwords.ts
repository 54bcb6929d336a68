import { guessesFor } from './hashing.ts';
import type { FieldMistake } from './model.ts';

const shortest = 8;
/** From here on length alone stands against guessing, unless it is one of the best known (ASVS 2.1.1). */
const longEnough = 12;
const longest = 200;
/** Guesses that a password of less than `longEnough` has to withstand: 10^10 is zxcvbn's "very unguessable". */
const guessesOfShort = 1e10;
/** `password1234`, `qwertyuiop12`: twelve letters, and among the first that anybody tries. */
const guessesOfLong = 1e8;

/** Everybody who guesses here begins with these. */
const here = ['ringdesk', 'asterisk', 'freepbx', 'operator', 'callcenter', 'callcentre', 'оператор'];
/** The words of the trade and of the country in which it was made: the shipped lists are of Latin letters. */
const cyrillic = ['пароль', 'привет', 'любовь', 'солнышко', 'наташа', 'россия', 'москва', 'максим', 'сергей'];

const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const cyrillicKeys = 'йцукенгшщзхъфывапролджэячсмитьбюё';

/**
 * What is wrong with a password: 12 characters or more, or 8 or more that are hard to guess; none of the well-known ones, keyboard runs,
 * repetitions, or the user's own names (OWASP ASVS 2.1.1, 2.1.7). Typed on a Russian layout it is looked at as the Latin keys, too.
 * @param own the login and the name of the user
 */
export async function passwordMistakes(password: string, own: readonly string[]): Promise<FieldMistake[]> {
  if (password.length < shortest || password.length > longest)
    return [{ path: 'password', message: `must have ${shortest} to ${longest} characters` }];
  const needed = password.length < longEnough ? guessesOfShort : guessesOfLong;
  // Long texts take the estimator long, and their beginning is enough to tell.
  const spellings = [password, asLatinKeys(password)].map((text) => text.slice(0, 40));
  const guesses = await guessesFor(spellings, own, [...here, ...cyrillic]);
  if (guesses >= needed) return [];
  const message =
    password.length < longEnough
      ? `must have ${longEnough} characters or more, or be harder to guess`
      : 'is easy to guess: it is well-known, or made of well-known words, your name, or a run of keys';
  return [{ path: 'password', message }];
}

/** The keys that were pressed: `йцукен` is `qwerty`. */
function asLatinKeys(text: string): string {
  return [...text.toLowerCase()]
    .map((letter) => {
      const at = cyrillicKeys.indexOf(letter);
      return at < 0 ? letter : (latinKeys[at] ?? letter);
    })
    .join('');
}
