import { CsvError, parse } from 'csv-parse';
import { limits } from './limits.ts';
import { unreadableFile } from './unreadable-file.ts';

/** A line of the file that is not empty. `line` counts from 1; a record that runs over several lines has the number of its first one. */
export interface Line {
  line: number;
  cells: string[];
}

/** Looked for where the file does not name its own. */
const delimiters: readonly string[] = [',', ';', '\t', '|'];

/** `sep=;` as the first line, as exporters write it for Excel: it names the delimiter, and is no line of the table. */
const separatorLine = /^"?sep=([^\p{L}\p{N}"\r\n])"?(?:\r\n|\n|\r|$)/iu;

/** How the text of a CSV has to be read. */
export interface CsvShape {
  delimiter: string;
  /** Letters at its beginning that belong to no line, and how many lines they are. */
  skip: { letters: number; lines: number };
}

/** @param beginning of the text, with its first lines whole */
export function shapeOf(beginning: string): CsvShape {
  const [line = '', delimiter] = separatorLine.exec(beginning) ?? [];
  if (delimiter !== undefined) return { delimiter, skip: { letters: line.length, lines: 1 } };
  return { delimiter: delimiterOf(beginning), skip: { letters: 0, lines: 0 } };
}

/** The delimiter that stands most often, outside of quotes, in the first line that has any; a comma for a single column. */
function delimiterOf(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '\n' || letter === '\r') {
      if (counts.size > 0) break;
    } else if (delimiters.includes(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return delimiters.reduce((best, delimiter) =>
    (counts.get(delimiter) ?? 0) > (counts.get(best) ?? 0) ? delimiter : best,
  );
}

/**
 * The records of a CSV, those of one piece of its text at a time.
 * @throws Refusal `bad-input` that names the line at which the file stops being a CSV
 */
export async function* linesOf(
  pieces: Iterable<string>,
  { delimiter, skip }: CsvShape,
): AsyncGenerator<Line[]> {
  let read = skip.lines;
  let lines: Line[] = [];
  const parser = parse({
    delimiter,
    // Files are cut and pasted together: all line ends may stand in one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // ООО "Ромашка" without quotes around the cell is what people write.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: limits.recordLetters,
    // Taken from here, and not from the stream's far end, the records of a piece are there when it is written.
    on_record: (record: unknown, { lines: end }) => {
      read = end + skip.lines;
      const cells = cellsOf(record);
      lines.push({ line: read - breaksIn(cells), cells });
      return null;
    },
  });
  // A stream without a listener throws where nobody can catch it; the writes below are told of it as well.
  parser.on('error', () => {});
  parser.resume();
  const step = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
  let left = skip.letters;
  let cells = 0;
  try {
    for (const piece of pieces) {
      const text = piece.slice(left);
      left -= piece.length - text.length;
      cells = cellsAtEnd(text, cells, delimiter);
      const isTooMany = cells > limits.recordCells;
      // The lines before it are read, so that the one that is meant can be named.
      const readable = isTooMany ? text.slice(0, lastBreak(text) + 1) : text;
      if (readable !== '') await step((done) => parser.write(readable, done));
      if (isTooMany) throw new TooManyCells();
      yield lines.splice(0);
    }
    await step((done) => {
      parser.once('error', done);
      parser.end(done);
    });
    yield lines;
  } catch (error) {
    if (!(error instanceof CsvError || error instanceof TooManyCells)) throw error;
    const message = why(error.code);
    throw unreadableFile(
      'no-csv',
      `The CSV cannot be read from line ${read + 1} on: ${message}. Nothing was imported.`,
      { line: read + 1, cause: error },
    );
  } finally {
    parser.destroy();
    lines = [];
  }
}

class TooManyCells extends Error {
  readonly code = 'TOO_MANY_CELLS';
}

/** Delimiters since the last line break, so far. @returns more than the limit as soon as a line has them */
function cellsAtEnd(text: string, before: number, delimiter: string): number {
  let cells = before;
  for (let at = 0; at < text.length && cells <= limits.recordCells; at += 1) {
    const letter = text[at];
    if (letter === '\n' || letter === '\r') cells = 0;
    else if (letter === delimiter) cells += 1;
  }
  return cells;
}

const lastBreak = (text: string) => Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));

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
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and never closed';
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `a quote is opened and never closed, or the line has more than ${limits.recordLetters} characters`;
  if (code === 'TOO_MANY_CELLS') return `it has more than ${limits.recordCells} cells`;
  if (code === 'CSV_INVALID_CLOSING_QUOTE') return 'text follows a closing quote';
  return `it is no CSV (${code})`;
}
