import { CommandFailure } from '../failure.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { kindOf } from '../values/kind.ts';
import { locate, setAt } from './path-target.ts';

type Equality = readonly [path: string, value: unknown];

/** The value that a condition holds a field equal to, if it does. */
function equalValue(condition: unknown): { readonly value: unknown } | undefined {
  if (kindOf(condition) === 'regex') return undefined;
  if (!hasOperators(condition)) return { value: condition };
  if ('$eq' in condition) return { value: condition['$eq'] };
  for (const list of [condition['$in'], condition['$all']]) {
    if (Array.isArray(list) && list.length === 1) return { value: list[0] };
  }
  return undefined;
}

function partsOf(name: string, condition: unknown): Doc[] {
  if (!Array.isArray(condition)) return [];
  return name === '$and' || (name === '$or' && condition.length === 1) ? condition.filter(isDoc) : [];
}

/** Fields that a filter holds equal: with them an upserted document begins. */
function equalities(filter: Doc): Equality[] {
  return Object.entries(filter).flatMap(([name, condition]): Equality[] => {
    if (name.startsWith('$')) return partsOf(name, condition).flatMap(equalities);
    const equal = equalValue(condition);
    return equal === undefined ? [] : [[name, equal.value]];
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
    seen.add(name);
    const target = locate(doc, name.split('.'), true);
    if (target !== undefined) setAt(target, value);
  }
  return doc;
}
