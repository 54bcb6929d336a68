import { parseArgs } from 'node:util';

/** Reads `--name number` from the command line. @throws when another option is given, or something that is no positive number */
export function numberOptions<K extends string>(defaults: Readonly<Record<K, number>>): Record<K, number> {
  const names = Object.keys(defaults);
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const read = { ...defaults };
  for (const [name, text] of Object.entries(values)) {
    const value = Number(text);
    if (!(value > 0)) throw new Error(`--${name} takes a number above 0, not "${text}"`);
    Object.assign(read, { [name]: value });
  }
  return read;
}
