import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exitCode, Failure } from '../exit.ts';

/**
 * A backup is a folder: `<collection>.bson` with the documents one behind the other (as mongodump writes them), and `manifest.json`, written last,
 * with the indexes, the number of documents and the sum of each file.
 */

const manifest = z.strictObject({
  format: z.literal(1),
  at: z.iso.datetime(),
  collections: z.array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9_.-]{1,120}$/),
      documents: z.number().int().nonnegative(),
      sha256: z.string(),
      indexes: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
  /** How far the journal of each PBX was in the database when the backup began: from there on it is read again after a restore. */
  journal: z.record(z.string(), z.number().int().nonnegative()),
});
export type Manifest = z.infer<typeof manifest>;

const manifestFile = 'manifest.json';

/** @throws Failure when something stands in the folder */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0)
    throw new Failure(exitCode.wrongUse, `${folder} is not empty: give each backup a folder of its own.`);
}

export async function writeManifest(folder: string, content: Manifest): Promise<void> {
  await writeFile(join(folder, manifestFile), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/**
 * Reads a backup's manifest and compares each file with its sum: before anything is touched it is known to be whole.
 * @throws Failure
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestFile);
  if (!existsSync(path))
    throw new Failure(exitCode.wrongUse, `${folder} is no whole backup: it has no ${manifestFile}.`);
  let content: Manifest;
  try {
    content = manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Failure(exitCode.wrongUse, `${path} cannot be read: ${String(error).split('\n')[0]}`);
  }
  for (const { name, sha256 } of content.collections) {
    const sum = await sumOf(join(folder, `${name}.bson`));
    if (sum !== sha256)
      throw new Failure(exitCode.rejects, `${name}.bson is not as it was written: this backup is damaged.`);
  }
  return content;
}

async function sumOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch {
    return null;
  }
  return hash.digest('hex');
}

/** The documents of a file, one after the other. */
export async function* documentsIn(path: string): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= 4 && rest.length - at >= rest.readInt32LE(at)) {
      const end = at + Math.max(5, rest.readInt32LE(at));
      yield rest.subarray(at, end);
      at = end;
    }
    rest = rest.subarray(at);
  }
}
