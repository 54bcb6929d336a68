import { isPlainCount, splitPipeline } from '../aggregate/prefix.ts';
import { assertStages, streamStages } from '../aggregate/run.ts';
import type { ForeignCollection } from '../aggregate/stages.ts';
import { firstBatchSize } from '../cursors.ts';
import { CommandFailure, notImplemented } from '../failure.ts';
import { explainQuery } from '../query/explain.ts';
import { countMatches, type FindRequest, find, findRequest } from '../query/find.ts';
import type { Store } from '../storage/store.ts';
import { decodePlain, encode } from '../values/codec.ts';
import { type Doc, docOf, isDoc, listOf } from '../values/document.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { type Call, type Command, docField, refuseOptions } from './command.ts';

function foreignIn(store: Store, db: string): ForeignCollection {
  return (name) => {
    const collection = store.catalog.find(db, name);
    const read = function* (request: FindRequest): Generator<Doc> {
      if (collection === undefined) return;
      for (const { record } of find(store, collection, request)) yield decodePlain(record.bytes);
    };
    return {
      all: () => read(findRequest({})),
      byIndex: (field, values) => [...read(findRequest({ [field]: { $in: values.map(orNull) } }))],
      indexed: (field) =>
        collection?.indexes.some(
          (index) => index.fields[0]?.name === field && !index.sparse && index.partial === undefined,
        ) === true,
    };
  };
}

/** The key of an empty array stands for no value at all in a join. */
const orNull = (value: unknown) => (typeof value === 'symbol' ? null : value);

function* documentsOf(store: Store, db: string, name: string, request: FindRequest): Generator<Doc> {
  const collection = store.catalog.find(db, name);
  if (collection === undefined) return;
  for (const { record } of find(store, collection, request)) yield decodePlain(record.bytes);
}

function* encoded(docs: Iterable<Doc>): Generator<Uint8Array> {
  for (const doc of docs) yield encode(doc);
}

function batchSizeOf(cursor: Doc): number {
  const size = cursor['batchSize'];
  return isBsonNumber(size) ? toDouble(size) : firstBatchSize;
}

/** The pipeline's stages and what they run on; refuses what is not here. */
function pipelineOf(call: Call): { readonly name: string; readonly stages: readonly Doc[] } {
  refuseOptions(call, { collation: 'a collation', explain: "aggregate's own option explain" });
  const target = call.body['aggregate'];
  const stages = assertStages(listOf(call.body['pipeline']));
  if (
    typeof target !== 'string' &&
    !isDoc(stages[0]?.['$documents']) &&
    !Array.isArray(stages[0]?.['$documents'])
  ) {
    throw new CommandFailure(
      'InvalidNamespace',
      "{aggregate: 1} is not valid for this pipeline; it needs a collection's name or a first stage $documents",
    );
  }
  const last = Object.keys(stages.at(-1) ?? {})[0];
  if (last === '$out' || last === '$merge') throw notImplemented(`the pipeline stage ${last}`);
  return { name: typeof target === 'string' ? target : '$cmd.aggregate', stages };
}

const aggregate: Command = (call, { store, cursors }) => {
  const { name, stages } = pipelineOf(call);
  if (!isDoc(call.body['cursor'])) {
    throw new CommandFailure(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const variables = docField(call, 'let');
  const { request, rest } = splitPipeline(stages, { hint: call.body['hint'], variables });
  const collection = store.catalog.find(call.db, name);
  const docs =
    collection !== undefined && isPlainCount(rest)
      ? countedOnce(docOf(rest[0]?.['$group'])['_id'], countMatches(store, collection, request))
      : streamStages(documentsOf(store, call.db, name, request), rest, {
          variables,
          foreign: foreignIn(store, call.db),
        });
  return cursors.first(`${call.db}.${name}`, encoded(docs), {
    batchSize: batchSizeOf(docField(call, 'cursor')),
  });
};

/** What the planner makes of the beginning of a pipeline, and the stages that run over what it finds. */
export function explainAggregate(store: Store, call: Call): Doc {
  const { name, stages } = pipelineOf(call);
  const options = { hint: call.body['hint'], variables: docField(call, 'let') };
  const { request, rest } = splitPipeline(stages, options);
  const planned = explainQuery(store, { db: call.db, name, filter: request.matcher.filter, request });
  const plan = rest.length === 0 ? planned : { stages: [{ $cursor: planned }, ...rest] };
  return { explainVersion: '1', ...plan };
}

function countedOnce(id: unknown, n: number): Doc[] {
  return n === 0 ? [] : [{ _id: id, n }];
}

export const aggregateCommands: Readonly<Record<string, Command>> = { aggregate };
