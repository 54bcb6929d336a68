import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

/** Texts that a user reads stand in the locale files alone. A test reads the sources as the compiler does, so that nothing hides. */
const root = join(__dirname, '../../..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => join(root, file));

/** Attributes that are shown or read aloud. */
const spoken = new Set(['aria-label', 'alt', 'title', 'placeholder', 'label', 'description']);
const isText = (value: string) => /\p{L}{2,}/u.test(value);

interface Node {
  type?: string;
  [key: string]: unknown;
}

interface Text {
  text: string;
  /** Whether it is put before a reader: between tags, in braces there, or in an attribute that is read. */
  shown: boolean;
}

function textsIn(source: string, tsx = true): Text[] {
  const found: Text[] = [];
  const walk = (node: unknown, parent: Node | null) => {
    if (typeof node !== 'object' || node === null) return;
    const here: Node = Array.isArray(node) ? {} : { ...node };
    found.push(...textOf(here, parent));
    for (const child of Object.values(node)) walk(child, here.type ? here : parent);
  };
  walk(parseSync(source, { syntax: 'typescript', tsx }), null);
  return found.filter(({ text }) => isText(text));
}

function textOf(node: Node, parent: Node | null): Text[] {
  const text = node['value'] ?? node['cooked'];
  if (typeof text !== 'string') return [];
  if (node.type === 'JSXText') return [{ text, shown: true }];
  if (node.type === 'StringLiteral') return [{ text, shown: isSpoken(parent) }];
  return node.type === 'TemplateElement' ? [{ text, shown: false }] : [];
}

function isSpoken(parent: Node | null): boolean {
  if (parent?.type === 'JSXExpressionContainer') return true;
  const name = parent?.type === 'JSXAttribute' ? parent['name'] : null;
  return typeof name === 'object' && name !== null && 'value' in name && spoken.has(String(name.value));
}

test('the check itself finds what it looks for', () => {
  const source = 'const a = <p title="Hello">Привет {t("key")} <b className="some">{"there"}</b></p>';
  const shown = textsIn(source).filter((each) => each.shown);
  expect(shown.map(({ text }) => text.trim())).toEqual(['Hello', 'Привет', 'there']);
});

const all = sources.flatMap((file) =>
  textsIn(readFileSync(file, 'utf8'), file.endsWith('x')).map((each) => ({
    ...each,
    where: `${relative(root, file)}: ${each.text.trim()}`,
  })),
);

test('no component has a text of its own', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(all.filter(({ shown }) => shown).map(({ where }) => where)).toEqual([]);
});

test('no Russian stands outside of the locale files', () => {
  expect(all.filter(({ text }) => /[а-яё]/i.test(text)).map(({ where }) => where)).toEqual([]);
});
