import { CsvError, parse } from 'csv-parse';
import { Refusal } from '../../errors.ts';
import type { Delimiter } from './text.ts';

/** A line of the file that is not empty. `line` counts from 1; a record that runs over several lines has the number of its first one. */
export interface Line {
  line: number;
  cells: string[];
}

/**
 * The records of a CSV, one after the other.
 * @throws Refusal `bad-input` that names the line at which the file stops being a CSV
 */
export async function* linesOf(text: string, delimiter: Delimiter): AsyncGenerator<Line> {
  let read = 0;
  const parser = parse(text, {
    delimiter,
    info: true,
    // Files are cut and pasted together: all line ends may stand in one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // ООО "Ромашка" without quotes around the cell is what people write.
    relax_quotes: true,
    skip_empty_lines: true,
    // A forgotten quote would else swallow the rest of the file.
    max_record_size: 200_000,
    // At an error the parser drops what it has read but not given yet, so the place is kept here.
    on_record: (record, { lines }) => {
      read = lines;
      return record;
    },
  });
  try {
    for await (const item of parser) {
      const { cells, end } = recordOf(item);
      const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
      yield { line: end - breaks, cells };
    }
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
  }
}

/** What csv-parse gives with `info`: the record and its place; checked here, since its types leave it open. */
function recordOf(item: unknown): { cells: string[]; end: number } {
  if (typeof item === 'object' && item !== null && 'record' in item && 'info' in item) {
    const { record, info } = item;
    if (Array.isArray(record) && typeof info === 'object' && info !== null && 'lines' in info)
      return { cells: record.map(String), end: Number(info.lines) };
  }
  throw new TypeError('csv-parse gave no record');
}

function why(code: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
    return 'a quote is opened and never closed';
  if (code === 'CSV_INVALID_CLOSING_QUOTE') return 'text follows a closing quote';
  return `it is no CSV (${code})`;
}
