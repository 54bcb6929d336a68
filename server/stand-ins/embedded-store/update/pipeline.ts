import { runStages } from '../aggregate/run.ts';
import { CommandFailure } from '../failure.ts';
import { decodePlain, encode } from '../values/codec.ts';
import { equalValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { isBsonNumber } from '../values/number.ts';
import { replacement } from './replace.ts';

const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/** Values that the pipeline left alone keep the type that they had: it computes with plain numbers. */
function keepTypes(next: unknown, old: unknown): unknown {
  if (isBsonNumber(next) && isBsonNumber(old) && equalValues(next, old)) return old;
  if (Array.isArray(next) && Array.isArray(old)) return next.map((item, at) => keepTypes(item, old[at]));
  if (!isDoc(next) || !isDoc(old)) return next;
  return Object.fromEntries(Object.entries(next).map(([name, value]) => [name, keepTypes(value, old[name])]));
}

/** Runs an update written as a pipeline on one typed document. */
export function runUpdatePipeline(old: Doc, stages: readonly Doc[], variables: Doc): Doc {
  for (const stage of stages) {
    const name = Object.keys(stage)[0] ?? '';
    if (!allowed.has(name)) {
      throw new CommandFailure('InvalidOptions', `${name} is not allowed to be used within an update`);
    }
  }
  const plainStages = stages.map((stage) => decodePlain(encode(stage)));
  const [made = {}] = runStages([decodePlain(encode(old))], plainStages, { variables });
  const kept = keepTypes(made, old);
  return replacement(old, isDoc(kept) ? kept : {});
}
