import { encoded, read } from './testing.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');

test('a card of Apple', async () => {
  const { customers, rejected } = await read(
    card(
      'VERSION:3.0',
      'PRODID:-//Apple Inc.//iPhone OS 17.0//EN',
      'N:Лаптева;Мария;Олеговна;;',
      'FN:Мария Олеговна Лаптева',
      'ORG:ООО\\, Клён;Отдел продаж',
      'EMAIL;type=INTERNET;type=HOME;type=pref:m.lapteva@example.org',
      'TEL;type=CELL;type=VOICE;type=pref:+7 916 555-01-42',
      'item1.TEL:+7 495 123-45-67',
      'item1.X-ABLabel:_$!<Other>!$_',
      'TEL;type=WORK;type=FAX:+7 495 123-45-60',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD',
      ' AQABAAD/2wBDAAEBAQ==',
      'NOTE:звонить\\nутром',
    ),
  );
  expect(customers).toEqual([
    'Лаптева Мария Олеговна | ООО, Клён | +79165550142 +74951234567 | m.lapteva@example.org',
  ]);
  expect(rejected).toEqual([]);
});

test('a card of Android, in vCard 2.1 and quoted-printable over several lines', async () => {
  const { customers } = await read(
    card(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9B=D0=B0=D0=BF=D1=82=D0=B5=D0=B2=D0=B0;=D0=9C=D0=B0=D1=80=',
      '=D0=B8=D1=8F;;;',
      'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9C=D0=B0=D1=80=D0=B8=D1=8F=20=D0=9B=D0=B0=D0=BF=D1=82=D0=B5=D0=B2=D0=B0',
      'TEL;CELL;PREF:89165550142',
      'TEL;WORK:8-495-123-45-67',
      'EMAIL;HOME:m.lapteva@example.org',
      'ORG;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CE=CE=CE, =CA=EB=B8=ED',
    ),
  );
  expect(customers).toEqual([
    'Лаптева Мария | ООО, Клён | +79165550142 +74951234567 | m.lapteva@example.org',
  ]);
});

test('a card of vCard 4, with addresses instead of numbers', async () => {
  const { customers } = await read(
    card(
      'VERSION:4.0',
      'FN:Maria Lapteva',
      'N:Lapteva;Maria;;;',
      'TEL;VALUE=uri;TYPE="voice,cell":tel:+7-916-555-01-42;ext=102',
      'EMAIL:m.lapteva@example.org',
    ),
  );
  expect(customers).toEqual(['Lapteva Maria |  | +79165550142 | m.lapteva@example.org']);
});

test("what a phone is, by its type or the owner's own word, is kept with it", async () => {
  const { labels, customers } = await read(
    card(
      'VERSION:3.0',
      'FN:Мария',
      'N:;Мария;;;',
      'item1.TEL;type=pref:8 916 555-01-42',
      'item1.X-ABLabel:дача',
      'item2.TEL:8 916 555-01-43',
      'item2.X-ABLabel:_$!<Home>!$_',
      'TEL;type=WORK;type=VOICE:8 495 123-45-67',
      'TEL;type=IPHONE;type=CELL:8 916 555-01-44',
      'TEL;type=VOICE:8 916 555-01-45',
      'TEL;type=WORK;type=FAX:8 495 123-45-60',
    ),
  );
  expect(labels).toEqual([
    '+79165550142 дача',
    '+79165550143 Home',
    '+74951234567 work',
    '+79165550144 mobile',
  ]);
  expect(customers).toEqual([
    'Мария |  | +79165550142 +79165550143 +74951234567 +79165550144 +79165550145 | ',
  ]);
});

test('a card of windows-1251', async () => {
  const text = card('VERSION:3.0', 'FN:Мария Лаптева', 'N:Лаптева;Мария;;;', 'TEL:89165550142');
  expect((await read(encoded(text, 'windows-1251'))).customers).toEqual([
    'Лаптева Мария |  | +79165550142 | ',
  ]);
});

test('a card of a company is a company', async () => {
  const { customers } = await read(
    card('VERSION:3.0', 'N:;;;;', 'FN:ООО Клён', 'ORG:ООО Клён;', 'TEL:84951234567', 'X-ABShowAs:COMPANY'),
  );
  expect(customers).toEqual(['ООО Клён |  | +74951234567 | ']);
});

test('a broken card spoils itself alone, and is told by its line', async () => {
  const good = (name: string, phone: string) =>
    card('VERSION:3.0', `FN:${name}`, `N:;${name};;;`, `TEL:${phone}`);
  const { customers, rejected } = await read(
    `${good('Анна', '89165550142')}BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Борис\r\n${good('Вера', '89165550143')}${card('VERSION:3.0', 'TEL:89165550144')}${card('VERSION:3.0', 'no property')}`,
  );
  expect(customers).toEqual(['Анна |  | +79165550142 | ', 'Вера |  | +79165550143 | ']);
  expect(rejected).toEqual(['7 bad-card', '16 no-name', '20 bad-card']);
});
