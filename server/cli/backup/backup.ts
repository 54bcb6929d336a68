import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import type { Config } from '../../config/index.ts';
import { collectionNames, withDatabase } from './database.ts';
import { type Manifest, makeFolder, writeManifest } from './folder.ts';

/** Written together, bytes. */
const together = 1024 * 1024;

/**
 * Copies all that is in the database into a folder, beside a server that runs or without one. Each document is whole; one that is written meanwhile
 * may be in the backup or not.
 * @throws Failure
 */
export async function backUp(config: Config, folder: string): Promise<Manifest> {
  await makeFolder(folder);
  const journal = journalCursors(join(config.dataDir, 'journal'));
  const collections = await withDatabase(config, async (db) => {
    const done: Manifest['collections'] = [];
    for (const name of await collectionNames(db)) done.push(await copyOut(db, name, folder));
    return done;
  });
  const manifest: Manifest = { format: 1, at: new Date().toISOString(), collections, journal };
  await writeManifest(folder, manifest);
  return manifest;
}

async function copyOut(db: Db, name: string, folder: string): Promise<Manifest['collections'][number]> {
  const collection = db.collection(name);
  const indexes = (await collection.indexes()).filter((index) => index.name !== '_id_');
  const hash = createHash('sha256');
  const file = await open(join(folder, `${name}.bson`), 'wx', 0o600);
  let documents = 0;
  let pending: Uint8Array[] = [];
  let size = 0;
  const flush = async () => {
    const bytes = Buffer.concat(pending);
    hash.update(bytes);
    await file.appendFile(bytes);
    pending = [];
    size = 0;
  };
  try {
    // As the database has them, byte for byte.
    for await (const raw of collection.find<Uint8Array>({}, { raw: true })) {
      pending.push(raw);
      documents += 1;
      size += raw.length;
      if (size > together) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return { name, documents, sha256: hash.digest('hex'), indexes };
}

function journalCursors(dir: string): Record<string, number> {
  if (!existsSync(dir)) return {};
  return Object.fromEntries(
    readdirSync(dir)
      .filter((name) => name.endsWith('.written'))
      .map((name) => [name.slice(0, -'.written'.length), Number(readFileSync(join(dir, name), 'utf8'))])
      .filter(([, number]) => Number.isInteger(number)),
  );
}
