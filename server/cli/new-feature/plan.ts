/** The words of a feature: `complaints` is the folder and the list, `complaint` one of them. */
export interface FeatureWords {
  plural: string;
  singular: string;
}

/** Paths from the top of the repository, each with its text. */
export type Texts = ReadonlyMap<string, string>;

/** Where each file of the skeleton goes, by its name among the skeleton's files. */
const places: Record<string, (words: FeatureWords) => string> = {
  'shared.ts': ({ plural }) => `shared/${plural}.ts`,
  'rules.ts': ({ plural }) => `server/features/${plural}/rules.ts`,
  'rules.test.ts': ({ plural }) => `server/features/${plural}/rules.test.ts`,
  'store.ts': ({ plural }) => `server/features/${plural}/store.ts`,
  'service.ts': ({ plural }) => `server/features/${plural}/service.ts`,
  'routes.ts': ({ plural }) => `server/features/${plural}/routes.ts`,
  'index.ts': ({ plural }) => `server/features/${plural}/index.ts`,
  'page-index.ts': ({ plural }) => `agent-ui/src/features/${plural}/index.ts`,
  'page-api.ts': ({ plural, singular }) => `agent-ui/src/features/${plural}/${singular}Api.ts`,
  'page.tsx': ({ plural }) => `agent-ui/src/features/${plural}/${capital(plural)}Page.tsx`,
  'page-new.tsx': ({ plural, singular }) => `agent-ui/src/features/${plural}/New${capital(singular)}.tsx`,
  'page.module.css': ({ plural }) => `agent-ui/src/features/${plural}/${capital(plural)}Page.module.css`,
  'page-en.json': ({ plural }) => `agent-ui/src/features/${plural}/locales/en.json`,
  'page-ru.json': ({ plural }) => `agent-ui/src/features/${plural}/locales/ru.json`,
  'integration.test.ts': ({ plural }) => `test/integration/${plural}.test.ts`,
};

/** A line that is put into a list of the house. */
interface ListLine {
  path: string;
  /** What it is put before or after; it must be there. */
  where: RegExp;
  put: 'before' | 'after';
  line: (words: FeatureWords) => string;
}

const lines: readonly ListLine[] = [
  {
    path: 'shared/permission.ts',
    where: /^\] as const;$/m,
    put: 'before',
    line: ({ plural }) => `  '${plural}.read',\n  '${plural}.write',\n`,
  },
  {
    path: 'shared/api.ts',
    where: /^import type \{ AnyEndpoint \} from '.\/endpoint.ts';\n/m,
    put: 'after',
    line: ({ plural }) => `import { ${plural}Api } from './${plural}.ts';\n`,
  },
  {
    path: 'shared/api.ts',
    where: /^\]\.flatMap\(/m,
    put: 'before',
    line: ({ plural }) => `  ${plural}Api,\n`,
  },
  {
    path: 'shared/live.ts',
    where: /^\};\nexport type ChangeKind\b/m,
    put: 'before',
    line: ({ plural, singular }) =>
      `  ${singular}: topic({ name: 'changes/${singular}', permission: '${plural}.read', snapshot: z.null(), delta: changed }),\n`,
  },
  {
    path: 'server/platform/auth/roles.ts',
    where: /^const agent: Grants = \{\n/m,
    put: 'after',
    line: ({ plural }) => `  '${plural}.read': 'all',\n  '${plural}.write': 'all',\n`,
  },
  {
    path: 'server/platform/auth/roles.test.ts',
    where: /^const expected: [^\n]*\{\n/m,
    put: 'after',
    line: ({ plural }) => `  '${plural}.read': all,\n  '${plural}.write': all,\n`,
  },
  {
    path: 'server/features/index.ts',
    where: /^import .*'\.\/customers\/index\.ts';\n/m,
    put: 'after',
    line: ({ plural }) => `import { ${plural}Feature } from './${plural}/index.ts';\n`,
  },
  {
    path: 'server/features/index.ts',
    where: /^ +list: \[\n[^\]]*?(?=^ +\],\n)/m,
    put: 'after',
    line: ({ plural }) => `      ${plural}Feature(platform),\n`,
  },
  {
    path: 'agent-ui/src/app/features.ts',
    where: /^import type \{ Feature \}/m,
    put: 'before',
    line: ({ plural }) => `import { ${plural} } from '../features/${plural}/index.ts';\n`,
  },
  {
    path: 'agent-ui/src/app/features.ts',
    where: /^export const features: readonly Feature\[\] = \[[^\]]*?(?=,?\s*\];)/m,
    put: 'after',
    line: ({ plural }) => `, ${plural}`,
  },
];

/** The files that get a line, to be read before `planFeature`. */
export const changedPaths: readonly string[] = [...new Set(lines.map(({ path }) => path))];

/**
 * All files that are written for a new feature: its own, and the lists with its lines.
 * @param skeleton the skeleton's files by name; in them the feature is called `gadgets`, one of them a `gadget`
 * @param house the text of each of `changedPaths`
 * @throws Error when a place of a line is not there any more: the pattern here follows the file
 */
export function planFeature(
  words: FeatureWords,
  { skeleton, house }: { skeleton: Texts; house: Texts },
): Texts {
  const planned = new Map<string, string>();
  for (const [name, text] of skeleton) {
    const place = places[name];
    if (place === undefined) throw new Error(`Nobody says where ${name} of the skeleton goes`);
    planned.set(place(words), renamed(text, words));
  }
  for (const { path, where, put, line } of lines) {
    const text = planned.get(path) ?? house.get(path) ?? '';
    const found = where.exec(text);
    if (found === null)
      throw new Error(`The place of a feature's line in ${path} is not there: ${where.source}`);
    const at = put === 'before' ? found.index : found.index + found[0].length;
    planned.set(path, text.slice(0, at) + line(words) + text.slice(at));
  }
  return planned;
}

/**
 * The words of a feature from what was typed.
 * @param singular left out: the plural without its `s`
 * @throws Error that says what is wrong with them
 */
export function featureWords(plural: string | undefined, singular?: string): FeatureWords {
  const one = singular ?? plural?.replace(/s$/, '');
  if (plural === undefined || one === undefined || plural === one || !isWord(plural) || !isWord(one))
    throw new Error(
      'Name the feature in the plural and one of them, in small letters: npm run new:feature -- replies reply',
    );
  return { plural, singular: one };
}

const isWord = (text: string) => /^[a-z]{2,40}$/.test(text);

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function renamed(text: string, { plural, singular }: FeatureWords): string {
  return text
    .replaceAll('gadgets', plural)
    .replaceAll('Gadgets', capital(plural))
    .replaceAll('gadget', singular)
    .replaceAll('Gadget', capital(singular));
}
