import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import i18next from 'i18next';
import en from './en/index.ts';
import ru from './ru/index.ts';

const source = join(__dirname, '../../..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' });

type Tree = { [key: string]: string | Tree };

const flat = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : flat(value, `${before}${key}.`),
  );
const plural = /_(zero|one|two|few|many|other)$/;
/** All texts of a language by namespace: the platform's own, and each feature's. */
function textsOf(language: 'ru' | 'en'): Record<string, Tree> {
  const read = (file: string): Tree => JSON.parse(readFileSync(join(source, file), 'utf8'));
  const own = files.filter((file) => file.match(`^platform/i18n/locales/${language}/\\w+\\.json$`));
  const features = files.filter((file) => file.match(`^features/\\w+/locales/${language}\\.json$`));
  return Object.fromEntries([
    ...own.map((file) => [basename(file, '.json'), read(file)]),
    ...features.map((file) => [file.split('/')[1], read(file)]),
  ]);
}
const all = { ru: textsOf('ru'), en: textsOf('en') };
const texts = { ru: flat(all.ru), en: flat(all.en) };
const formsOf = (language: 'ru' | 'en') =>
  new Intl.PluralRules(language)
    .resolvedOptions()
    .pluralCategories.map((form) => `_${form}`)
    .sort();
const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test('both languages have the same texts', () => {
  const keys = (language: 'ru' | 'en') =>
    [...new Set(texts[language].map(([key]) => key.replace(plural, '')))].sort();
  expect(keys('ru')).toEqual(keys('en'));
});

test.each(['ru', 'en'] as const)('a counted text has every form that %s needs, and no other', (language) => {
  const counted = texts[language].map(([key]) => key).filter((key) => plural.test(key));
  const stems = [...new Set(counted.map((key) => key.replace(plural, '')))];
  expect(stems.length).toBeGreaterThan(0);
  for (const stem of stems) {
    const forms = counted
      .filter((key) => key.replace(plural, '') === stem)
      .map((key) => key.slice(stem.length));
    expect([stem, forms.sort()]).toEqual([stem, formsOf(language)]);
  }
});

test('a text names the same values in both languages', () => {
  const english = new Map(texts.en);
  for (const [key, text] of texts.ru) {
    const other = english.get(key) ?? english.get(key.replace(plural, '_other')) ?? '';
    expect([key, placeholders(text)]).toEqual([key, placeholders(other)]);
  }
});

test('no text is empty, and none was left in the other language', () => {
  for (const [key, text] of texts.ru) expect([key, text.trim()]).not.toEqual([key, '']);
  for (const [key, text] of texts.en) expect([key, /[а-яё]/i.test(text)]).toEqual([key, false]);
});

test('every file of texts is part of its language, and every feature speaks both', () => {
  // The texts of the frame and of the shared pieces come after the log-in.
  const own = [...Object.keys(en), 'frame', 'pieces'];
  expect(Object.keys(all.ru).sort()).toEqual(Object.keys(all.en).sort());
  expect(Object.keys(all.en)).toEqual(expect.arrayContaining([...own, 'desk', 'customers']));
  expect(Object.keys(ru)).toEqual(Object.keys(en));
  const declared = files
    .filter((file) => /^features\/\w+\/index\.tsx?$/.test(file))
    .filter((file) =>
      /^ {2}texts: \{ ru: .*ru\.json.*en: .*en\.json/m.test(readFileSync(join(source, file), 'utf8')),
    )
    .map((file) => file.split('/')[1]);
  expect(declared.sort()).toEqual(
    Object.keys(all.en)
      .filter((namespace) => !own.includes(namespace))
      .sort(),
  );
});

test.each([
  [1, 'Дописать: 1 звонок'],
  [3, 'Дописать: 3 звонка'],
  [5, 'Дописать: 5 звонков'],
  [21, 'Дописать: 21 звонок'],
])('%i is counted as a Russian counts', async (count, text) => {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: 'ru', resources: { ru: all.ru }, ns: ['desk'] });
  expect(i18n.t('desk:unfinished.title', { count })).toBe(text);
});
