import { firstLanguage } from './language.ts';

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
