import readXlsxFile from 'read-excel-file/node';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import type { Refusal } from '../../../../platform/errors.ts';
import type { Line } from './csv.ts';
import { limits } from './limits.ts';
import { unreadableFile } from './unreadable-file.ts';

/**
 * The lines of the first sheet that has any. Numbers have all their digits: 79161234567 and not 7.9E+10.
 * @throws Refusal `bad-input` when it is no workbook, `too-large` when it is more than it seems
 */
export async function linesOfWorkbook(bytes: Uint8Array): Promise<Line[]> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await measure(file);
  const sheets = await readXlsxFile(file, { parseNumber: Number }).catch((cause: unknown) => {
    throw unreadableFile(
      'no-workbook',
      'The file is an archive, but no Excel workbook (.xlsx). Nothing was imported.',
      {
        cause,
      },
    );
  });
  for (const { data } of sheets) {
    const lines = data.map((row, at) => ({ line: at + 1, cells: row.map(textOf) }));
    const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
    if (filled.length > 0) return filled;
  }
  return [];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** Unpacks the archive once without keeping any of it. What it says of its own sizes may be a lie. */
async function measure(file: Buffer): Promise<void> {
  const archive = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(file, { lazyEntries: true }, (error, zip) => (error ? reject(error) : resolve(zip)));
  }).catch((cause: unknown) => {
    throw unreadableFile(
      'damaged-workbook',
      'The file is a damaged archive: save the workbook again. Nothing was imported.',
      {
        cause,
      },
    );
  });
  let unpacked = 0;
  if (archive.entryCount > limits.archiveEntries) throw tooLarge();
  await new Promise<void>((resolve, reject) => {
    archive.on('entry', (entry: Entry) => {
      if (unpacked + entry.uncompressedSize > limits.unpackedBytes) return reject(tooLarge());
      archive.openReadStream(entry, (error, stream) => {
        if (error) return reject(damaged(error));
        stream.on('data', (piece: Buffer) => {
          unpacked += piece.length;
          if (unpacked <= limits.unpackedBytes) return;
          stream.destroy();
          reject(tooLarge());
        });
        stream.on('error', (cause) => reject(damaged(cause)));
        stream.on('end', () => archive.readEntry());
      });
    });
    archive.on('error', (cause: Error) => reject(damaged(cause)));
    archive.on('end', resolve);
    archive.readEntry();
  }).finally(() => archive.close());
}

function tooLarge(): Refusal {
  return unreadableFile(
    'memory',
    `The workbook has more than ${limits.unpackedBytes / 1024 / 1024} MB when it is unpacked: save the sheet with the customers alone, or as CSV.`,
    { code: 'too-large' },
  );
}

function damaged(cause: Error): Refusal {
  return unreadableFile('damaged-workbook', 'The workbook is damaged: save it again. Nothing was imported.', {
    cause,
  });
}
