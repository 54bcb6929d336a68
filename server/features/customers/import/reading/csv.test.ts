import fc from 'fast-check';
import { type Line, linesOf, shapeOf } from './csv.ts';
import { read } from './testing.ts';

test.each([
  ['name,phone', ','],
  ['имя;телефон;ё, й', ';'],
  ['name\tphone\n1,2,3,4', '\t'],
  ['name|phone|email', '|'],
  ['"a,b,c";phone', ';'],
  ['Список\n\nимя;телефон', ';'],
  ['name', ','],
  ['', ','],
])('%j is delimited by %j', (text, delimiter) => {
  expect(shapeOf(text).delimiter).toBe(delimiter);
});

test.each(['sep=;\r\n', '"sep=;"\n', 'SEP=;\r', '\ufeffsep=;\n'])(
  'the line %j names the delimiter, and is no line of the table',
  async (line) => {
    const { customers, rejected } = await read(
      `${line}Имя;Телефон\nМария, Лаптева;89165550142\n;89165550143\n`,
    );
    expect(customers).toEqual(['Мария, Лаптева |  | +79165550142 | ']);
    expect(rejected).toEqual(['4 no-name']);
  },
);

test('sep= may name a tab, another sign, or what stands less often', async () => {
  expect((await read('sep=^\nName^Phone\nAnna; B^89165550142\n')).customers).toEqual([
    'Anna; B |  | +79165550142 | ',
  ]);
  expect((await read('sep=\t\nName\tPhone\nAnna\t89165550142\n')).customers).toHaveLength(1);
  expect((await read('sep=,\nName,Phone\n"Anna; Boris; Vera",89165550142\n')).customers).toEqual([
    'Anna; Boris; Vera |  | +79165550142 | ',
  ]);
});

async function all(...pieces: string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const some of linesOf(pieces, { delimiter: ',', skip: { letters: 0, lines: 0 } }))
    lines.push(...some);
  return lines;
}

test('lines keep their numbers through empty lines and cells of several lines', async () => {
  expect(await all('a,b\r\n\r\n"x\ny",1\nООО "Ромашка",2\r3,"4 ""5"""')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['x\ny', '1'] },
    { line: 5, cells: ['ООО "Ромашка"', '2'] },
    { line: 6, cells: ['3', '4 "5"'] },
  ]);
});

test('however the text is cut into pieces, its lines are the same', async () => {
  const text = 'a,b\r\n\r\n"x\r\ny",1\nё"😀,"4 ""5"\r3,\n\n4,5';
  const whole = await all(text);
  const letters = [...text];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: letters.length })), async (cuts) => {
      const places = [0, ...cuts.sort((one, other) => one - other), letters.length];
      const pieces = places.slice(1).map((end, n) => letters.slice(places[n], end).join(''));
      expect(await all(...pieces)).toEqual(whole);
    }),
  );
});

test.each([
  ['\r', 'Имя;Телефон\rМария;89165550142\rОлег;89165550143\r'],
  ['\r\n and a cell of several lines', 'Имя;Телефон\r\n"Мария\r\nЛаптева";89165550142\r\nОлег;89165550143'],
])('lines end with %j', async (_, text) => {
  expect((await read(text)).customers).toHaveLength(2);
});

test.each([
  [
    'a quote that is never closed',
    'a,b\n1,2\n"x,3\n4,5\n',
    /from line 3 on: a quote is opened and never closed/,
  ],
  [
    'a quote that swallows a big file',
    `a,b\n1,"2\n${'3,4\n'.repeat(100_000)}`,
    /from line 2 on: a quote is opened/,
  ],
])('%s is named', async (_, text, message) => {
  await expect(all(text)).rejects.toThrow(message);
});

test.each([
  ['millions of columns', ','.repeat(5_000_000), /line 1 on: it has more than 20000 cells/],
  ['millions of columns further below', `name\nAnna\n${','.repeat(5_000_000)}`, /line [23] on: it has more/],
  ['more columns than are read', `name${',x'.repeat(200)}\n`, /Line 1 has 201 columns\. At most 200/],
  ['nothing', '', /empty/],
  ['nothing but line ends', '\r\n\r\n', /empty/],
  ['a web page', '<html><p>Имя</p></html>', /web page/],
  ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), /Excel before 2007/],
])('a file of %s is refused, and told why', async (_, file, message) => {
  await expect(read(file)).rejects.toThrow(message);
});

test('empty columns at the end are no columns', async () => {
  const { columns, customers } = await read(
    `Имя;Телефон${';'.repeat(300)}\nМария;89165550142${';'.repeat(300)}\n`,
  );
  expect(columns).toEqual(['Имя>firstName', 'Телефон>phone']);
  expect(customers).toHaveLength(1);
});

test('a cell that is too long is left out, its line is taken', async () => {
  const { customers, dropped } = await read(`Имя;Телефон;Заметка\nМария;89165550142;${'ы'.repeat(5000)}\n`);
  expect(customers).toHaveLength(1);
  expect(dropped).toEqual(['2 too-long']);
});
