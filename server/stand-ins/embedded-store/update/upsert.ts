import { CommandFailure } from '../failure.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { kindOf } from '../values/kind.ts';
import { locate, setAt } from './path-target.ts';

type Equality = readonly [path: string, value: unknown];

/** The values that a condition holds a field equal to. */
function equalValues(condition: unknown): readonly unknown[] {
  if (kindOf(condition) === 'regex') return [];
  if (!hasOperators(condition)) return [condition];
  if ('$eq' in condition) return [condition['$eq']];
  const { $in: among, $all: all } = condition;
  if (Array.isArray(among) && among.length === 1) return among.filter(isNoPattern);
  return Array.isArray(all) ? all.filter(isNoPattern) : [];
}

const isNoPattern = (value: unknown) => kindOf(value) !== 'regex' && !hasOperators(value);

function partsOf(name: string, condition: unknown): Doc[] {
  if (!Array.isArray(condition)) return [];
  return name === '$and' || (name === '$or' && condition.length === 1) ? condition.filter(isDoc) : [];
}

/** Fields that a filter holds equal: with them an upserted document begins. */
function equalities(filter: Doc): Equality[] {
  return Object.entries(filter).flatMap(([name, condition]): Equality[] => {
    if (name.startsWith('$')) return partsOf(name, condition).flatMap(equalities);
    return equalValues(condition).map((value) => [name, value]);
  });
}

/** The document before the update is applied, when nothing matched and it is to be inserted. */
export function upsertBase(filter: Doc, replacing: boolean): Doc {
  const doc: Doc = {};
  const seen = new Set<string>();
  for (const [name, value] of equalities(filter)) {
    if (replacing && name !== '_id') continue;
    if (seen.has(name)) {
      throw new CommandFailure(54, `cannot infer query fields to set, path '${name}' is matched twice`);
    }
    const other = [...seen].find((path) => path.startsWith(`${name}.`) || name.startsWith(`${path}.`));
    if (other !== undefined) {
      throw new CommandFailure(
        54,
        `cannot infer query fields to set, both paths '${name}' and '${other}' are matched`,
      );
    }
    seen.add(name);
    const target = locate(doc, name.split('.'), true);
    if (target !== undefined) setAt(target, value);
  }
  return doc;
}
