import { existsSync, readFileSync } from 'node:fs';
import { type Config, configSchema, environment } from './schema.ts';

export type { Config, PbxConfig } from './schema.ts';

/** What is wrong with the configuration, one line a mistake, each naming the setting. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(
      `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Reads the configuration: the file (RINGDESK_CONFIG, else `ringdesk.json` when it is there) and over it the environment. Empty variables
 * count as unset, as compose files write them.
 * @throws ConfigError with every mistake at once
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  overrides: Readonly<Record<string, string>> = {},
): Config {
  const source = { ...env, ...overrides };
  const settings = readFile(source['RINGDESK_CONFIG']);
  for (const [name, path] of Object.entries(environment)) {
    const text = source[name];
    if (text === undefined || text === '') continue;
    put(settings, path, name === 'QUEUE_EXTENSIONS' ? pairs(text) : text);
  }
  const parsed = configSchema.safeParse(settings);
  if (parsed.success) {
    const names = parsed.data.pbx.map((pbx) => pbx.name);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) throw new ConfigError([`pbx: two have the name '${twice}'; give each its own`]);
    return parsed.data;
  }
  throw new ConfigError(
    parsed.error.issues.map(
      (issue) =>
        `${settingName(issue.path)}: ${issue.message}${issue.code === 'unrecognized_keys' ? ' (see docs/configuration.md)' : ''}`,
    ),
  );
}

function readFile(path: string | undefined): { [key: string]: Json } {
  const file = path ?? 'ringdesk.json';
  if (path === undefined && !existsSync(file)) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([
      `${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`,
    ]);
  }
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Only where: the words of the error quote what stands there, and that may be a secret.
    const [place = 'somewhere'] = /at position \d+/.exec(String(error)) ?? [];
    throw new ConfigError([`${file}: is not JSON (${place})`]);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new ConfigError([`${file}: must hold one JSON object`]);
  return value;
}

/** `sales=2000,support=2001` as an object. A piece without `=` stays visible to the schema, which refuses it. */
function pairs(text: string): { [key: string]: Json } {
  return Object.fromEntries(
    text.split(',').map((piece) => {
      const at = piece.indexOf('=');
      return at < 0 ? [piece.trim(), ''] : [piece.slice(0, at).trim(), piece.slice(at + 1).trim()];
    }),
  );
}

function put(target: { [key: string]: Json }, path: readonly (string | number)[], value: Json): void {
  let at: Json = target;
  path.forEach((key, depth) => {
    if (at === null || typeof at !== 'object') return;
    const last = depth === path.length - 1;
    const fresh: Json = typeof path[depth + 1] === 'number' ? [] : {};
    if (Array.isArray(at)) {
      const index = Number(key);
      at[index] = last ? value : (at[index] ?? fresh);
      at = at[index] ?? null;
    } else {
      at[key] = last ? value : (at[key] ?? fresh);
      at = at[key] ?? null;
    }
  });
}

/** The name under which a person set it: the environment variable where there is one. */
function settingName(path: readonly PropertyKey[]): string {
  const wanted = path.join('.');
  const variable = Object.entries(environment).find(([, at]) => at.join('.') === wanted)?.[0];
  return variable === undefined ? wanted || 'the file' : `${variable} (${wanted})`;
}
