import { CsvError, parse } from 'csv-parse';
import { Refusal } from '../../../platform/errors.ts';
import type { Delimiter } from './text.ts';

/** A line of the file that is not empty. `line` counts from 1; a record that runs over several lines has the number of its first one. */
export interface Line {
  line: number;
  cells: string[];
}

/**
 * The records of a CSV, those of one piece of its text at a time.
 * @throws Refusal `bad-input` that names the line at which the file stops being a CSV
 */
export async function* linesOf(pieces: Iterable<string>, delimiter: Delimiter): AsyncGenerator<Line[]> {
  let read = 0;
  let lines: Line[] = [];
  const parser = parse({
    delimiter,
    // Files are cut and pasted together: all line ends may stand in one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // ООО "Ромашка" without quotes around the cell is what people write.
    relax_quotes: true,
    skip_empty_lines: true,
    // A forgotten quote would else swallow the rest of the file.
    max_record_size: 200_000,
    // Taken from here, and not from the stream's far end, the records of a piece are there when it is written.
    on_record: (record: unknown, { lines: end }) => {
      read = end;
      const cells = cellsOf(record);
      lines.push({ line: end - breaksIn(cells), cells });
      return null;
    },
  });
  // A stream without a listener throws where nobody can catch it; the writes below are told of it as well.
  parser.on('error', () => {});
  parser.resume();
  const step = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
  try {
    for (const piece of pieces) {
      await step((done) => parser.write(piece, done));
      yield lines.splice(0);
    }
    await step((done) => {
      parser.once('error', done);
      parser.end(done);
    });
    yield lines;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal(
      'bad-input',
      `The CSV cannot be read from line ${read + 1} on: ${why(error.code)}. Nothing was imported.`,
      {
        fields: [{ path: `line ${read + 1}`, message: why(error.code) }],
        cause: error,
      },
    );
  } finally {
    parser.destroy();
    lines = [];
  }
}

function cellsOf(record: unknown): string[] {
  if (Array.isArray(record)) return record.map(String);
  throw new TypeError('csv-parse gave no record');
}

function breaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells)
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return breaks;
}

function why(code: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
    return 'a quote is opened and never closed';
  if (code === 'CSV_INVALID_CLOSING_QUOTE') return 'text follows a closing quote';
  return `it is no CSV (${code})`;
}
