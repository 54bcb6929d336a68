import { encoded, read, utf8 } from './testing.ts';

/** What programs save under a name that ends in `.xls`, and is no workbook of Excel. */

const page = (rows: string, head = '<meta charset="utf-8">') =>
  `<html>\n<head>${head}<style>td { color: red }</style><title>Контакты</title></head>\n<body><table border="1">${rows}</table></body></html>`;

const workbook = (rows: string) =>
  `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
  `<Worksheet ss:Name="Лист1"><Table>${rows}</Table></Worksheet></Workbook>`;
const data = (text: string, type = 'String') => `<Cell><Data ss:Type="${type}">${text}</Data></Cell>`;

test('the table of a web page is read, with its entities, line breaks and marks', async () => {
  const { customers, rejected, dropped } = await read(
    page(
      '<tr><th>Имя</th><th>Компания</th><th>Телефон</th></tr>' +
        '<tr><td>\n  <b>Мария</b>&nbsp;Лаптева </td><td>Клён &amp; &quot;Дуб&quot;</td><td>8&nbsp;916&nbsp;555-01-42<br>8 495 123-45-67</td></tr>' +
        '<tr><td>Олег<td><td>89165550143',
    ),
  );
  expect(customers).toEqual([
    'Мария Лаптева | Клён & "Дуб" | +79165550142 +74951234567 | ',
    'Олег |  | +79165550143 | ',
  ]);
  expect([rejected, dropped]).toEqual([[], []]);
});

test('cells that run over several columns keep those behind them in their places', async () => {
  const { customers } = await read(
    page(
      '<tr><td colspan="3">Контакты</td></tr><tr><td>Имя</td><td>Компания</td><td>Телефон</td></tr>' +
        '<tr><td colspan="2">Мария</td><td>89165550142</td></tr>',
    ),
  );
  expect(customers).toEqual(['Мария |  | +79165550142 | ']);
});

test('a page of windows-1251 without a word of it', async () => {
  const text = page(
    '<tr><td>ФИО</td><td>Телефон</td></tr><tr><td>Ёлкина Жанна</td><td>89165550142</td></tr>',
    '',
  );
  expect((await read(encoded(text, 'windows-1251'))).customers).toEqual([
    'Ёлкина Жанна |  | +79165550142 | ',
  ]);
});

test('an XML workbook is read: numbers have all their digits, empty cells and rows may be left out', async () => {
  const { customers, rejected } = await read(
    workbook(
      `<Row>${data('Имя')}${data('Компания')}${data('Телефон')}</Row>` +
        `<Row>${data('Мария')}${data('ООО &quot;Клён&quot;')}${data('7.9165550142E10', 'Number')}</Row>` +
        `<Row ss:Index="7"><Cell><Data ss:Type="String">Олег</Data><Comment><Data>не звонить</Data></Comment></Cell><Cell ss:Index="3"><Data ss:Type="String">8 916 555-01-43</Data></Cell></Row>` +
        `<Row>${data('')}${data('')}${data('89165550144')}</Row>`,
    ),
  );
  expect(customers).toEqual(['Мария | ООО "Клён" | +79165550142 | ', 'Олег |  | +79165550143 | ']);
  expect(rejected).toEqual(['8 no-name']);
});

test('a page without a table is refused by name, and so is one that is cut off before it', async () => {
  for (const text of ['<!DOCTYPE html><html><body><p>Войдите</p></body></html>', '<html><head><style>td {'])
    await expect(read(utf8(text))).rejects.toMatchObject({
      code: 'bad-input',
      fields: [{ path: 'file', message: 'web-page' }],
    });
});

test('a cell that says it is a million columns wide is as wide as a table may be', async () => {
  const { columns, customers } = await read(
    '<table><tr><td colspan="1000000">Имя</td></tr><tr><td>Мария</td></tr></table>',
  );
  expect([columns, customers]).toEqual([['Имя>firstName'], ['Мария |  |  | ']]);
});
