import { CommandFailure } from '../failure.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { kindOf } from '../values/kind.ts';
import { locate } from './path-target.ts';

/** Fields that a filter holds equal: with them an upserted document begins. */
function equalities(filter: Doc, found: [string, unknown][] = []): [string, unknown][] {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      for (const part of Array.isArray(condition) ? condition : []) if (isDoc(part)) equalities(part, found);
    }
    if (name.startsWith('$')) continue;
    if (kindOf(condition) === 'regex') continue;
    if (!hasOperators(condition)) found.push([name, condition]);
    else if ('$eq' in condition) found.push([name, condition['$eq']]);
    else if (Array.isArray(condition['$in']) && condition['$in'].length === 1) {
      found.push([name, condition['$in'][0]]);
    } else if (Array.isArray(condition['$all']) && condition['$all'].length === 1) {
      found.push([name, condition['$all'][0]]);
    }
  }
  return found;
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
    locate(doc, name.split('.'), true)?.set(value);
  }
  return doc;
}
