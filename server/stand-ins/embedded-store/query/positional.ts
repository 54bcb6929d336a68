import { type Doc, isDoc } from '../values/document.ts';
import { createMatcher } from './matcher.ts';
import { pathOf, reach } from './paths.ts';

function conditionsOn(filter: Doc, array: string): [string, unknown][] {
  const found: [string, unknown][] = [];
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const part of condition) if (isDoc(part)) found.push(...conditionsOn(part, array));
    } else if (name === array || name.startsWith(`${array}.`)) found.push([name, condition]);
  }
  return found;
}

/**
 * Position of the first element of `array` that the filter's conditions on it meet: what `$` stands for in an update and
 * a projection. Undefined when the filter says nothing about the array or no element meets it.
 */
export function matchedPosition(filter: Doc, doc: Doc, array: string): number | undefined {
  const conditions = conditionsOn(filter, array);
  const [elements] = reach(doc, pathOf(array));
  if (conditions.length === 0 || !Array.isArray(elements)) return undefined;
  const tests = conditions.map(([name, condition]) => {
    const { test } = createMatcher({ [`element${name.slice(array.length)}`]: condition });
    return (element: unknown) => test({ element: [element] });
  });
  const all = elements.findIndex((element) => tests.every((test) => test(element)));
  if (all >= 0) return all;
  const some = elements.findIndex((element) => tests.some((test) => test(element)));
  return some < 0 ? undefined : some;
}
