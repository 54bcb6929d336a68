import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import en from './en/index.ts';
import ru from './ru/index.ts';

type Tree = { [key: string]: string | Tree };

const flat = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : flat(value, `${before}${key}.`),
  );
const plural = /_(zero|one|two|few|many|other)$/;
const texts = { ru: flat(ru), en: flat(en) };
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

test('every file of texts is part of its language', () => {
  for (const language of ['ru', 'en'] as const) {
    const files = readdirSync(join(__dirname, language)).filter((file) => file.endsWith('.json'));
    const namespaces = Object.keys(language === 'ru' ? ru : en);
    expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(namespaces.sort());
  }
});

test.each([
  [1, 'Дописать: 1 звонок'],
  [3, 'Дописать: 3 звонка'],
  [5, 'Дописать: 5 звонков'],
  [21, 'Дописать: 21 звонок'],
])('%i is counted as a Russian counts', async (count, text) => {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: 'ru', resources: { ru }, ns: ['desk'] });
  expect(i18n.t('desk:unfinished.title', { count })).toBe(text);
});
