import { Aggregator } from 'mingo/aggregator';
import { Context } from 'mingo/core';
import * as mingoPipeline from 'mingo/operators/pipeline';
import * as mingoWindow from 'mingo/operators/window';
import { CommandFailure, notImplemented } from '../failure.ts';
import { queryContext } from '../query/matcher.ts';
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
    return stage;
  });
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
    scriptEnabled: false,
    ...(options.foreign === undefined
      ? {}
      : { collectionResolver: (name: string) => [...foreignDocs(options, name)] }),
    variables: options.variables ?? {},
  });
  const stream = told(() => aggregator.stream(documents));
  for (;;) {
    const next = told(() => stream.next());
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

/** mingo's errors as failures of the command: the pipeline is at fault, not the store. */
function told<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof CommandFailure || !(error instanceof Error)) throw error;
    const accumulator = /^(?:unregistered|unknown|accumulator) .*?(\$\w+)/.exec(error.message);
    if (accumulator !== null) {
      throw new CommandFailure('InvalidPipelineOperator', `Unrecognized expression '${accumulator[1]}'`);
    }
    throw new CommandFailure('BadValue', error.message);
  }
}
