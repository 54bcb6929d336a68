import { Aggregator } from 'mingo/aggregator';
import { Context } from 'mingo/core';
import * as mingoPipeline from 'mingo/operators/pipeline';
import * as mingoWindow from 'mingo/operators/window';
import { CommandFailure, notImplemented } from '../failure.ts';
import { queryContext } from '../query/matcher.ts';
import { asFailure } from '../query/mingo-errors.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { createStages, type ForeignCollection } from './stages.ts';

export type PipelineOptions = {
  /** Variables of `let`. */
  readonly variables?: Doc;
  /** Other collections of the same database, for `$lookup` and `$unionWith`. */
  readonly foreign?: ForeignCollection;
};

const elsewhere = new Set([
  '$geoNear',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$indexStats',
  '$collStats',
  '$currentOp',
  '$listSessions',
  '$listLocalSessions',
  '$planCacheStats',
  '$changeStream',
]);

const { $out: _out, $merge: _merge, ...stagesOfMingo } = mingoPipeline;

/** Refuses what is no stage (40324) and what only MongoDB has. */
export function assertStages(stages: readonly unknown[]): Doc[] {
  return stages.map((stage) => {
    if (!isDoc(stage))
      throw new CommandFailure('TypeMismatch', 'Each element of the pipeline has to be an object');
    const names = Object.keys(stage);
    if (names.length !== 1) {
      throw new CommandFailure(
        40323,
        'A pipeline stage specification object must contain exactly one field.',
      );
    }
    const name = names[0] ?? '';
    if (elsewhere.has(name)) throw notImplemented(`the pipeline stage ${name}`);
    if (!(name in stagesOfMingo) && !name.startsWith('$out') && !name.startsWith('$merge')) {
      throw new CommandFailure(40324, `Unrecognized pipeline stage name: '${name}'`);
    }
    assertNoScript(stage);
    return stage;
  });
}

/** Code of a client is never run. */
function assertNoScript(value: unknown): void {
  if (Array.isArray(value)) value.forEach(assertNoScript);
  if (!isDoc(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '$function' || name === '$accumulator') throw notImplemented(`the operator ${name}`);
    if (name !== '$literal') assertNoScript(inner);
  }
}

/** Runs pipeline stages by mingo over plainly decoded documents, one document at a time where the stages allow it. */
export function* streamStages(
  documents: Iterable<Doc>,
  stages: readonly Doc[],
  options: PipelineOptions,
): Generator<Doc> {
  const context = Context.from(
    Context.init({ pipeline: createStages(options.foreign) }),
    queryContext,
    Context.init({ pipeline: { ...stagesOfMingo }, window: { ...mingoWindow } }),
  );
  const aggregator = new Aggregator([...stages], {
    context,
    // mingo's $setWindowFields runs functions of its own; one from a client comes as BSON code, which no operator runs.
    scriptEnabled: true,
    ...(options.foreign === undefined
      ? {}
      : { collectionResolver: (name: string) => [...foreignDocs(options, name)] }),
    variables: options.variables ?? {},
  });
  const stream = asFailure(() => aggregator.stream(documents));
  for (;;) {
    const next = asFailure(() => stream.next());
    if (next.done) return;
    if (isDoc(next.value)) yield next.value;
  }
}

function foreignDocs(options: PipelineOptions, name: string): Iterable<Doc> {
  return options.foreign?.(name).all() ?? [];
}

export function runStages(documents: Iterable<Doc>, stages: readonly Doc[], options: PipelineOptions): Doc[] {
  return [...streamStages(documents, assertStages(stages), options)];
}
