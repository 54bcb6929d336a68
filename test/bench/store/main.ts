import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { createLog } from '../../../server/platform/log.ts';
import { startEmbeddedStore } from '../../../server/stand-ins/embedded-store/index.ts';

/**
 * How fast the store is with 100,000 interactions: the one that MONGODB_URL names, else the embedded one in a directory of
 * its own. Prints one JSON line: times in ms (median of one), rates in operations a second.
 */
const count = Number(process.argv[2] ?? 100_000);
const batch = 1000;

type Interaction = { _id: string } & Document;

function interaction(n: number): Interaction {
  const startedAt = new Date(Date.UTC(2026, 0, 1) + n * 60_000);
  const phone = `+7495${String((n * 7919) % 10_000_000).padStart(7, '0')}`;
  return {
    _id: `main-${n}.0`,
    pbx: 'main',
    channel: 'voice',
    direction: 'inbound',
    number: phone,
    name: `Клиент ${n}`,
    customerId: null,
    startedAt,
    answeredAt: new Date(startedAt.getTime() + 5000),
    endedAt: new Date(startedAt.getTime() + 95_000),
    end: 'caller',
    outcome: n % 7 === 0 ? 'abandoned' : 'answered',
    entries: [
      { queue: `q${n % 12}`, enteredAt: startedAt, waitMs: 5000, outcome: 'answered', agent: `1${n % 300}` },
    ],
    legs: [
      {
        agent: `1${n % 300}`,
        device: `PJSIP/1${n % 300}`,
        ringMs: 3000,
        talkMs: 90_000,
        holdMs: 0,
        outcome: 'answered',
      },
    ],
    timeline: [
      { at: startedAt, what: 'queue.joined', queue: `q${n % 12}` },
      { at: startedAt, what: 'leg.offered', agent: `1${n % 300}` },
      { at: startedAt, what: 'leg.answered', agent: `1${n % 300}` },
    ],
    note: null,
    confidence: 'live',
  };
}

async function perSecond(operations: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round((operations * 1000) / (performance.now() - start));
}

/** The median time of a call, in ms. */
async function median(times: number, work: (at: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const start = performance.now();
    await work(at);
    taken.push(performance.now() - start);
  }
  taken.sort((left, right) => left - right);
  return Number((taken[Math.floor(times / 2)] ?? 0).toFixed(3));
}

async function upsert(collection: Collection<Interaction>, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += batch) {
    const operations = Array.from({ length: Math.min(batch, to - start) }, (_, at) => {
      const { _id, ...fields } = interaction(start + at);
      return { updateOne: { filter: { _id }, update: { $set: fields }, upsert: true } };
    });
    await collection.bulkWrite(operations, { ordered: false });
  }
}

async function measure(collection: Collection<Interaction>): Promise<Record<string, number>> {
  await collection.createIndexes([
    { key: { number: 1, startedAt: -1 } },
    { key: { startedAt: -1 } },
    { key: { customerId: 1, startedAt: -1 } },
  ]);
  const upsertsPerSecond = await perSecond(count, () => upsert(collection, 0, count));
  const again = Math.min(10_000, count);
  const updatesPerSecond = await perSecond(again, () => upsert(collection, 0, again));
  const phone = (at: number) => interaction((at * 997) % count)['number'];
  return {
    documents: await collection.countDocuments({}),
    upsertsPerSecond,
    unchangedUpsertsPerSecond: updatesPerSecond,
    lookupMs: await median(200, (at) =>
      collection
        .find({ number: phone(at) })
        .sort({ startedAt: -1 })
        .limit(10)
        .toArray(),
    ),
    lookupByIdMs: await median(200, (at) => collection.findOne({ _id: `main-${(at * 31) % count}.0` })),
    newestPageMs: await median(50, () => collection.find({}).sort({ startedAt: -1 }).limit(50).toArray()),
    insertOneMs: await median(100, (at) => collection.insertOne(interaction(count + at))),
    lookupWithoutIndexMs: await median(3, (at) => collection.find({ name: `Клиент ${at}` }).toArray()),
    dayReportMs: await median(3, () =>
      collection
        .aggregate([
          {
            $match: {
              startedAt: { $gte: new Date(Date.UTC(2026, 0, 2)), $lt: new Date(Date.UTC(2026, 0, 3)) },
            },
          },
          { $unwind: '$entries' },
          { $group: { _id: '$entries.queue', calls: { $sum: 1 }, wait: { $avg: '$entries.waitMs' } } },
        ])
        .toArray(),
    ),
  };
}

async function main(): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'ringdesk-bench-'));
  const given = process.env['MONGODB_URL'];
  const store =
    given === undefined
      ? await startEmbeddedStore({ dir, log: createLog({ level: 'warn', showPersonal: false }) })
      : undefined;
  const client = new MongoClient(given ?? store?.url ?? '');
  const db = client.db(`ringdesk_bench_${process.pid}`);
  try {
    const result = await measure(db.collection<Interaction>('interactions'));
    process.stdout.write(
      `${JSON.stringify({ engine: given === undefined ? 'embedded' : 'mongodb', ...result })}\n`,
    );
  } finally {
    await db.dropDatabase();
    await client.close();
    await store?.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
