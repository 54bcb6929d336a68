import type { ImportField, ImportSource } from '@ringdesk/shared/customer-import';
import { namesCustomers } from './columns.ts';
import { type Line, linesOf, shapeOf } from './csv.ts';
import { encodingOf, piecesOf } from './encoding.ts';
import { limits } from './limits.ts';
import { unreadableFile } from './unreadable-file.ts';

/** A file as a table, whatever it is. */
export interface Table {
  source: ImportSource;
  headers: string[];
  /** The line of the column names; 0 when the file has none. */
  headerLine: number;
  /** What each column holds, where the file's format says it. */
  fixed: (ImportField | null)[] | null;
  /** The lines below that of the column names, some at a time; they can be read again and again. */
  lines(): AsyncIterable<Line[]>;
}

/** Names of columns are looked for so far: reports begin with their title. */
const titleLines = 20;
const shownHeaders = 10;

/** Whether these bytes are an archive, as a workbook is one. */
function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 9) < 9;
}

/** Whether a text begins as a web page or an XML workbook does. */
function looksLikeMarkup(beginning: string): boolean {
  return /^\s*<(?:!doctype|!--|html|head|body|\?xml|table|meta|style|workbook)\b/iu.test(beginning);
}

async function* inParts(lines: readonly Line[]): AsyncGenerator<Line[]> {
  for (let from = 0; from < lines.length; from += 1000) yield lines.slice(from, from + 1000);
}

function isCards(beginning: string): boolean {
  return /^\s*BEGIN:VCARD\s*?[\r\n]/iu.test(beginning);
}

/** @throws Refusal `bad-input`, `too-large`: what the file is instead, or where it stops being readable */
export async function openTable(bytes: Uint8Array): Promise<Table> {
  if (isArchive(bytes)) {
    // The libraries for workbooks and cards are loaded for those alone: most files are neither.
    const { linesOfWorkbook } = await import('./workbook.ts');
    const lines = await linesOfWorkbook(bytes);
    return withHeaders({ format: 'xlsx', encoding: null, delimiter: null }, () => inParts(lines));
  }
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0)
    throw unreadableFile(
      'old-workbook',
      'The file is a workbook of Excel before 2007 (.xls): save it as .xlsx or as CSV.',
    );
  const encoding = encodingOf(bytes);
  const [beginning = ''] = piecesOf(bytes.subarray(0, 64 * 1024), encoding);
  if (isCards(beginning)) return cardsOf([...piecesOf(bytes, encoding)].join(''), encoding);
  if (looksLikeMarkup(beginning)) {
    const { linesOfMarkup } = await import('./markup.ts');
    const lines = linesOfMarkup(piecesOf(bytes, encoding), beginning);
    return withHeaders({ format: 'html', encoding, delimiter: null }, () => inParts(lines));
  }
  const shape = shapeOf(beginning);
  return withHeaders({ format: 'csv', encoding, delimiter: shape.delimiter }, () =>
    linesOf(piecesOf(bytes, encoding), shape),
  );
}

async function cardsOf(text: string, encoding: string): Promise<Table> {
  const { cardColumns, linesOfCards } = await import('./vcards.ts');
  return {
    source: { format: 'vcard', encoding, delimiter: null },
    headers: cardColumns.map(({ header }) => header),
    headerLine: 0,
    fixed: cardColumns.map(({ field }) => field),
    async *lines() {
      let some: Line[] = [];
      for (const line of linesOfCards(text)) {
        some.push(line);
        if (some.length >= 100) yield some.splice(0);
      }
      yield some;
      some = [];
    },
  };
}

/** The line of column names is the first one that names a column for the customer, or else the first one. */
async function withHeaders(source: ImportSource, all: () => AsyncIterable<Line[]>): Promise<Table> {
  let first: Line | null = null;
  let named: Line | null = null;
  let looked = 0;
  for await (const some of all()) {
    for (const line of some) {
      first ??= line;
      if (looked < titleLines && namesCustomers(line.cells)) named ??= line;
      looked += 1;
    }
    if (named !== null || looked >= titleLines) break;
  }
  const header = named ?? first;
  if (header === null) throw unreadableFile('empty', 'The file is empty: it has no line of column names.');
  const headers = [...header.cells];
  while (headers.length > 1 && headers.at(-1)?.trim() === '') headers.pop();
  if (headers.length > limits.columns)
    throw unreadableFile(
      'columns',
      `Line ${header.line} has ${headers.length} columns. At most ${limits.columns} can be read: leave out those without customers' data.`,
    );
  return {
    source,
    headers,
    headerLine: header.line,
    fixed: null,
    async *lines() {
      for await (const some of all()) yield some.filter(({ line }) => line > header.line);
    },
  };
}

/** What is told when no column is the customer's name. */
export function noNameColumn({ headers, headerLine }: Pick<Table, 'headers' | 'headerLine'>): string {
  const seen = headers
    .slice(0, shownHeaders)
    .map((header) => `'${header.trim().toLowerCase().slice(0, 40)}'`);
  return `Line ${headerLine} names no column for the customer's name. Call one 'name' ('имя', 'ФИО') or 'company' ('компания'). It has ${seen.join(', ')}.`;
}
