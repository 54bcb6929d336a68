import fs, { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendedFile } from './appended.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-appended-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

const pieces = ['first piece\n', 'the second\n', 'third\n'].map((text) => Buffer.from(text));
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

/** Writes fail from this byte on, counted over all pieces; a part of a piece is taken, as a full disk takes it. */
function fullAt(byte: number): { free(): void } {
  const real = fs.writeSync;
  let room = byte;
  let limited = true;
  jest.spyOn(fs, 'writeSync').mockImplementation(((
    fd: number,
    bytes: Uint8Array,
    at: number,
    length: number,
  ) => {
    if (!limited) return real(fd, bytes, at, length);
    if (room === 0) throw full();
    const taken = real(fd, bytes, at, Math.min(length, room));
    room -= taken;
    return taken;
  }) as typeof fs.writeSync);
  return {
    free: () => {
      limited = false;
    },
  };
}

test('whatever the byte at which the disk is full, the file holds the pieces that were taken, and no part of another', () => {
  const total = Buffer.concat(pieces).length;
  for (let byte = 0; byte < total; byte += 1) {
    const path = join(dir, `at-${byte}`);
    const file = appendedFile(openSync(path, 'a'), 0);
    const disk = fullAt(byte);
    const taken: Buffer[] = [];
    const offer = (piece: Buffer) => {
      try {
        file.append(piece);
        taken.push(piece);
      } catch {
        // Refused.
      }
    };
    for (const piece of pieces) offer(piece);
    expect(taken.length).toBeLessThan(pieces.length);
    disk.free();
    for (const piece of pieces) offer(piece);
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(Buffer.concat(taken).toString());
    jest.restoreAllMocks();
  }
});

test('a file that cannot be cut back at once is cut back before the next piece', () => {
  const path = join(dir, 'file');
  const file = appendedFile(openSync(path, 'a'), 0);
  const disk = fullAt(3);
  const cut = jest.spyOn(fs, 'ftruncateSync').mockImplementation(() => {
    throw Object.assign(new Error('EIO'), { code: 'EIO' });
  });
  expect(() => file.append(Buffer.from('whole\n'))).toThrow('ENOSPC');
  expect(() => file.append(Buffer.from('whole\n'))).toThrow('EIO');
  cut.mockRestore();
  disk.free();
  file.append(Buffer.from('whole\n'));
  expect(readFileSync(path, 'utf8')).toBe('whole\n');
  file.close();
});

test('a file that was closed elsewhere refuses, and is not taken for written', () => {
  const fd = openSync(join(dir, 'file'), 'a');
  const file = appendedFile(fd, 0);
  closeSync(fd);
  expect(() => file.append(Buffer.from('x'))).toThrow('EBADF');
  expect(file.length).toBe(0);
});
