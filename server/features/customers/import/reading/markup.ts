import { Parser } from 'htmlparser2';
import type { Line } from './csv.ts';
import { limits } from './limits.ts';
import { unreadableFile } from './unreadable-file.ts';

/** Elements by the name they have in both: a page's `tr` is a workbook's `Row`. */
const rows = new Set(['tr', 'row']);
const cells = new Set(['td', 'th', 'cell']);
const breaks = new Set(['br', 'p', 'div', 'li']);
/** What stands in these is told to nobody. */
const silent = new Set(['script', 'style', 'title', 'comment']);
/** More cells that stand empty beside one, by its `colspan`, are no list of customers. */
const widest = limits.columns;

/** An XML workbook of Excel 2002 and 2003 ("SpreadsheetML"), and not a page with a table. */
const isWorkbook = (beginning: string) =>
  /urn:schemas-microsoft-com:office:spreadsheet/iu.test(beginning) && !/<html\b/iu.test(beginning);

/**
 * The lines of the tables of a web page, or of a workbook in XML: many programs save either under a name that ends in `.xls`.
 * @throws Refusal `bad-input` when it has no table
 */
export function linesOfMarkup(pieces: Iterable<string>, beginning: string): Line[] {
  const reading = readTable();
  const parser = new Parser(reading.handler, {
    xmlMode: isWorkbook(beginning),
    lowerCaseTags: true,
    lowerCaseAttributeNames: true,
  });
  for (const piece of pieces) parser.write(piece);
  parser.end();
  const lines = reading.lines();
  if (lines.length > 0) return lines;
  throw unreadableFile(
    'web-page',
    'The file is a web page, and no table is in it: open it in Excel, and save it as .xlsx or as CSV. Nothing was imported.',
  );
}

function readTable() {
  const lines: Line[] = [];
  let row: string[] | null = null;
  let place = 0;
  let text: string | null = null;
  let span = 0;
  let isNumber = false;
  let muted = 0;

  function endCell(): void {
    if (row === null || text === null) return;
    const cell = text
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n ?/gu, '\n')
      .trim();
    row.push(isNumber ? digitsOf(cell) : cell, ...new Array<string>(span).fill(''));
    text = null;
  }

  function endRow(): void {
    endCell();
    if (row?.some((cell) => cell !== '')) lines.push({ line: place, cells: row });
    row = null;
  }

  const handler = {
    onopentag(tag: string, attributes: Record<string, string>): void {
      const name = local(tag);
      if (silent.has(name)) muted += 1;
      else if (rows.has(name)) {
        endRow();
        row = [];
        place = numbered(attributes, 'index') ?? place + 1;
      } else if (cells.has(name) && row !== null) {
        endCell();
        const at = numbered(attributes, 'index');
        while (at !== null && row.length < Math.min(at, widest) - 1) row.push('');
        text = '';
        isNumber = false;
        span = Math.min(
          widest,
          (numbered(attributes, 'colspan') ?? 1) - 1 + (numbered(attributes, 'mergeacross') ?? 0),
        );
      } else if (name === 'data') isNumber = attributeOf(attributes, 'type') === 'Number';
      else if (breaks.has(name) && text !== null && text !== '') text += '\n';
    },
    ontext(piece: string): void {
      // A line break of the source is a space of the page.
      if (muted === 0 && text !== null) text += piece.replace(/\s+/gu, ' ');
    },
    onclosetag(tag: string): void {
      const name = local(tag);
      if (silent.has(name)) muted -= 1;
      else if (cells.has(name)) endCell();
      else if (rows.has(name) || name === 'table') endRow();
    },
  };
  return {
    handler,
    lines(): Line[] {
      endRow();
      return lines;
    },
  };
}

/** `ss:Row` as `row`. */
const local = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();

function attributeOf(attributes: Record<string, string>, name: string): string | null {
  return Object.entries(attributes).find(([key]) => local(key) === name)?.[1] ?? null;
}

function numbered(attributes: Record<string, string>, name: string): number | null {
  const number = Number(attributeOf(attributes, name) ?? Number.NaN);
  return Number.isInteger(number) && number > 0 ? number : null;
}

/** XML has all digits of a number, in scientific notation where it is long: 7.9165550142E10. */
function digitsOf(cell: string): string {
  const number = Number(cell);
  return cell !== '' && Number.isSafeInteger(number) ? String(number) : cell;
}
