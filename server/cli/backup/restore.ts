import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'bson';
import type { Db, Document, IndexDescription } from 'mongodb';
import type { Config } from '../../config/index.ts';
import { takeDataDir } from '../../platform/process/data-dir.ts';
import { exitCode, Failure } from '../exit.ts';
import { collectionNames, withDatabase } from './database.ts';
import { documentsIn, type Manifest, readManifest } from './folder.ts';

const together = 500;

/**
 * Brings a backup back into the database of this configuration, while no server runs on this data directory. What the journal has seen since the
 * backup is written again at the next start.
 * @param replace what is in the database now goes: an embedded store is kept beside the new one, collections of a MongoDB are dropped
 * @throws Failure; also when the database is not empty and may not be replaced
 */
export async function restore(config: Config, folder: string, replace: boolean): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const free = takeDataDir(config.dataDir);
  try {
    if (config.mongoUrl === null) makeRoom(config.dataDir, replace);
    await withDatabase(config, async (db) => {
      if (config.mongoUrl !== null) await emptyOut(db, replace);
      for (const collection of manifest.collections) await copyIn(db, collection, folder);
    });
    readJournalFrom(join(config.dataDir, 'journal'), manifest.journal);
  } finally {
    free();
  }
  return manifest;
}

const notEmpty = (what: string) =>
  new Failure(
    exitCode.wrongUse,
    `${what} is not empty. With --replace what is there now goes out of use, and the backup takes its place.`,
  );

function makeRoom(dataDir: string, replace: boolean): void {
  const store = join(dataDir, 'store');
  if (!existsSync(join(store, 'data.mdb'))) return;
  if (!replace) throw notEmpty(`The embedded store in ${store}`);
  renameSync(store, `${store}.before-${new Date().toISOString().replaceAll(':', '-')}`);
}

async function emptyOut(db: Db, replace: boolean): Promise<void> {
  const names = await collectionNames(db);
  if (names.length === 0) return;
  if (!replace) throw notEmpty(`The database '${db.databaseName}'`);
  for (const name of names) await db.dropCollection(name);
}

async function copyIn(
  db: Db,
  { name, documents, indexes }: Manifest['collections'][number],
  folder: string,
): Promise<void> {
  const collection = db.collection<Document>(name);
  let batch: Document[] = [];
  let written = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    written += (await collection.insertMany(batch)).insertedCount;
    batch = [];
  };
  await db.createCollection(name);
  for await (const bytes of documentsIn(join(folder, `${name}.bson`))) {
    // Numbers stay of the width that they had.
    batch.push(deserialize(bytes, { promoteValues: false, bsonRegExp: true }));
    if (batch.length >= together) await flush();
  }
  await flush();
  if (written !== documents || (await collection.countDocuments()) !== documents)
    throw new Failure(
      exitCode.rejects,
      `'${name}' has ${written} documents now, and ${documents} in the backup: it is not restored. Try again with --replace.`,
    );
  if (indexes.length > 0) await collection.createIndexes(indexes.map(indexOf));
}

function indexOf({ v: _version, ns: _namespace, ...index }: Record<string, unknown>): IndexDescription {
  const { key, ...more } = index;
  if (typeof key !== 'object' || key === null)
    throw new Failure(exitCode.rejects, 'An index of the backup has no key: its manifest is damaged.');
  return { key: { ...key }, ...more };
}

function readJournalFrom(dir: string, cursors: Record<string, number>): void {
  if (!existsSync(dir)) return;
  for (const [pbx, number] of Object.entries(cursors))
    writeFileSync(join(dir, `${pbx}.written`), String(number), { mode: 0o600 });
}
