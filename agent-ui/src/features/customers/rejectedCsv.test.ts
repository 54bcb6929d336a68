import { rejectedCsv } from './rejectedCsv.ts';

const line = { line: 3, code: 'no-name', params: {}, reason: 'has no name', field: 'name' } as const;

test('rejected lines are a table that Excel opens, with why at the end of each', () => {
  const csv = rejectedCsv(
    { headers: ['Имя', 'Телефон'], lines: [{ ...line, cells: ['', '+7 916; "x"', 'third'] }] },
    () => 'Нет имени',
    'Почему',
  );
  expect(csv).toBe('\ufeffsep=;\r\nИмя;Телефон;;Почему\r\n;"+7 916; ""x""";third;Нет имени\r\n');
});

test('a formula is kept text, a phone with its plus stays as it is', () => {
  const cells = ['=HYPERLINK("x")', '@cmd', '+cmd', '+79165550142'];
  const csv = rejectedCsv({ headers: [], lines: [{ ...line, cells }] }, () => '', '');
  expect(csv.split('\r\n')[2]).toBe('"\'=HYPERLINK(""x"")";\'@cmd;\'+cmd;+79165550142;');
});
