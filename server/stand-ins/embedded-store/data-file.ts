import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import path from 'node:path';

/** LMDB: the two first pages begin (behind 24 bytes of page header, as lmdb-js builds it) with this number, little end first. lmdb.h, mdb.c: MDB_MAGIC */
const magic = Buffer.from([0xde, 0xc0, 0xef, 0xbe]);
const magicAt = 24;

/** One line that says what is broken and what to do. */
export function damagedStore(dir: string, why: string): string {
  return `The embedded store in ${dir} cannot be opened: ${why}. If ${path.join(dir, 'data.mdb')} is damaged, bring the last backup back: ringdesk restore FOLDER --replace (what is there now is kept beside it).`;
}

/**
 * A file that is no store any more must not be taken for a new one, nor be left to end the process by a signal.
 * @throws Error with what to do
 */
export function checkDataFile(dir: string): void {
  const file = path.join(dir, 'data.mdb');
  if (!existsSync(file)) return;
  const head = Buffer.alloc(magicAt + magic.length);
  const fd = openSync(file, 'r');
  try {
    const read = readSync(fd, head, 0, head.length, 0);
    if (read < head.length)
      throw new Error(damagedStore(dir, `data.mdb has ${read === 0 ? 'nothing' : 'too little'} in it`));
    if (!head.subarray(magicAt).equals(magic))
      throw new Error(damagedStore(dir, 'data.mdb does not begin as a store'));
  } finally {
    closeSync(fd);
  }
}
