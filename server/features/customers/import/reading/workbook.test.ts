import { zipSync } from 'fflate';
import { read, utf8 } from './testing.ts';

type Cell = string | number;

const column = (at: number) => String.fromCharCode(65 + at);

function sheet(rows: readonly (readonly Cell[])[]): string {
  const xml = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells
        .map((cell, at) => {
          const place = `r="${column(at)}${row + 1}"`;
          if (cell === '') return '';
          return typeof cell === 'number'
            ? `<c ${place}><v>${cell}</v></c>`
            : `<c ${place} t="inlineStr"><is><t>${cell}</t></is></c>`;
        })
        .join('')}</row>`,
  );
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${xml.join('')}</sheetData></worksheet>`;
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function workbook(sheets: readonly string[], more: Record<string, Uint8Array> = {}): Uint8Array {
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': utf8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    ),
    'xl/workbook.xml': utf8(
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets>${sheets
        .map((_, at) => `<sheet name="S${at + 1}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': utf8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
        .map(
          (_, at) =>
            `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
        )
        .join('')}</Relationships>`,
    ),
    ...Object.fromEntries(sheets.map((xml, at) => [`xl/worksheets/sheet${at + 1}.xml`, utf8(xml)])),
    ...more,
  };
  return zipSync(files);
}

test('a workbook is read as Excel keeps it: all digits of a number, the lines by their numbers, empty ones not', async () => {
  const { customers, rejected } = await read(
    workbook([
      sheet([
        ['ФИО', 'Телефон', 'Почта'],
        ['Лаптева Мария', 79165550142, 'm.lapteva@example.org'],
        [],
        ['', '89165550143'],
        ['Олег Щукин', '8 (495) 123-45-67, доб. 5'],
      ]),
    ]),
  );
  expect(customers).toEqual([
    'Лаптева Мария |  | +79165550142 | m.lapteva@example.org',
    'Олег Щукин |  | +74951234567 | ',
  ]);
  expect(rejected).toEqual(['4 no-name']);
});

test('an empty first sheet is passed over, a title above the table too', async () => {
  const { customers } = await read(
    workbook([
      sheet([]),
      sheet([['Контрагенты на 1 января'], [], ['Наименование', 'Телефон'], ['ООО Клён', 84951234567]]),
    ]),
  );
  expect(customers).toEqual(['ООО Клён |  | +74951234567 | ']);
});

test.each([
  ['another archive', zipSync({ 'a.txt': utf8('name') }), /no Excel workbook/],
  ['half a workbook', workbook([sheet([['Имя']])]).subarray(0, 300), /damaged/],
  [
    'a workbook that unpacks to more than it seems',
    workbook([sheet([['Имя']])], { 'xl/media/zeros.bin': new Uint8Array(130 * 1024 * 1024) }),
    /more than 120 MB when it is unpacked/,
  ],
])('%s is refused, and told why', async (_, file, message) => {
  await expect(read(file)).rejects.toThrow(message);
});
