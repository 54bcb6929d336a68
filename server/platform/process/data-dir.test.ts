import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';
import { takeDataDir } from './data-dir.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-data-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a data directory is made, belongs to one, and is free again', () => {
  const data = join(dir, 'deep/data');
  const release = takeDataDir(data);
  expect(() => takeDataDir(data)).toThrow(CannotStart);
  expect(() => takeDataDir(data)).toThrow(
    `The data directory ${data} is in use by another Ringdesk (process ${process.pid}). Stop that one,`,
  );
  release();
  takeDataDir(data)();
});

test('a data directory that cannot be written is one line that says what to do', () => {
  writeFileSync(join(dir, 'file'), '');
  expect(() => takeDataDir(join(dir, 'file/data'))).toThrow(
    /^The data directory .* cannot be written \(ENOTDIR.*\)\. Let the user .* or set DATA_DIR/,
  );
});
