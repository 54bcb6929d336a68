import { firstLanguage, localeFor } from './language.ts';

test.each([
  [null, ['ru-RU', 'en'], 'ru'],
  [null, ['en-GB', 'ru'], 'en'],
  [null, ['de', 'ru-RU'], 'ru'],
  [null, ['fr'], 'en'],
  [null, [], 'en'],
  ['ru', ['en'], 'ru'],
  ['xx', ['ru'], 'ru'],
] as const)('chosen %j, browser %j: %s', (chosen, wished, expected) => {
  expect(firstLanguage(chosen, wished)).toBe(expected);
});

test.each([
  ['en', ['ru-RU', 'en-GB', 'en-US'], 'en-GB'],
  ['en', ['ru-RU'], 'en'],
  ['ru', ['ru'], 'ru'],
] as const)('dates of %s in a browser of %j are written as in %s', (language, wished, expected) => {
  expect(localeFor(language, wished)).toBe(expected);
});
