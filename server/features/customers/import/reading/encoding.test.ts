import { encodingOf, piecesOf } from './encoding.ts';
import { encoded, read, utf8 } from './testing.ts';

const textOf = (bytes: Uint8Array) => [...piecesOf(bytes, encodingOf(bytes))].join('');
const utf16 = (text: string, big: boolean) => {
  const little = Buffer.from(text, 'utf16le');
  return big ? little.swap16() : little;
};

const list = 'Имя;Телефон\r\nМария Лаптева;89165550142\r\nОлег Щукин;89165550143\r\n';
const german = 'Name;Telefon\r\nJürgen Groß;030 2233550\r\nAnja Weiß;030 2233551\r\n';

test.each([
  ['UTF-8', utf8(list), list],
  ['UTF-8 with a mark', utf8(`\ufeff${list}`), list],
  ['UTF-16 with a mark', utf16(`\ufeff${list}`, false), list],
  ['UTF-16, big end first, with a mark', utf16(`\ufeff${list}`, true), list],
  ['UTF-16 without a mark', utf16(list, false), list],
  ['UTF-16, big end first, without a mark', utf16(list, true), list],
  ['windows-1251', encoded(list, 'windows-1251'), list],
  ['windows-1251, one name', encoded('name\nАнна', 'windows-1251'), 'name\nАнна'],
  [
    'windows-1251 beside Latin columns',
    encoded('name;phone\nЁлкина Жанна;8916', 'windows-1251'),
    'name;phone\nЁлкина Жанна;8916',
  ],
  ['windows-1251 in capitals', encoded(list.toUpperCase(), 'windows-1251'), list.toUpperCase()],
  ['KOI8-R', encoded(list, 'koi8-r'), list],
  ['KOI8-R in capitals', encoded(list.toUpperCase(), 'koi8-r'), list.toUpperCase()],
  ['DOS', encoded(list, 'ibm866'), list],
  ['windows-1252', encoded(german, 'windows-1252'), german],
  ['windows-1252, one name', encoded('name;phone\nMüller;1', 'windows-1252'), 'name;phone\nMüller;1'],
  ['nothing', new Uint8Array(), ''],
])('%s is read', (_, bytes, text) => {
  expect(textOf(bytes)).toBe(text);
});

test('a letter that stands at the end of a piece of bytes is not cut', () => {
  const text = `a${'ё😀'.repeat(50_000)}`;
  expect(textOf(utf8(text))).toBe(text);
});

test.each([
  ['a letter cut in half', [0xd0]],
  ['a byte of another encoding', [0xff]],
  ['a byte that only follows others', [0x80, 0x80]],
])('%s spoils its own cell, not the file', async (_, broken) => {
  for (const begin of ['', '\ufeff']) {
    const head = utf8(
      `${begin}ФИО;Телефон;Комментарий\r\nЁлкина Жанна;8 916 555-01-42;обычный\r\nЛаптева Мария;8 916 555-01-43;пол`,
    );
    const tail = utf8('\r\nОлег Щукин;8 916 555-01-44;всё хорошо\r\n');
    const { customers, dropped } = await read(Uint8Array.from([...head, ...broken, ...tail]));
    expect(customers).toEqual([
      'Ёлкина Жанна |  | +79165550142 | ',
      'Лаптева Мария |  | +79165550143 | ',
      'Олег Щукин |  | +79165550144 | ',
    ]);
    expect(dropped).toEqual(['3 garbled']);
  }
});

test.each([
  [
    'windows-1251',
    'Имя;Телефон\nМария;89165550142\nОл',
    0x98,
    'г;89165550143\n',
    'Ол\ufffdг |  | +79165550143 | ',
  ],
  [
    'windows-1252',
    'Name;Phone\nJürgen;89165550142\nO',
    0x81,
    'leg;89165550143\n',
    'O\ufffdleg |  | +79165550143 | ',
  ],
])(
  'a byte that is no letter of %s is told, and not left out in silence',
  async (encoding, head, byte, tail, second) => {
    const bytes = Uint8Array.from([...encoded(head, encoding), byte, ...encoded(tail, encoding)]);
    const { customers, dropped } = await read(bytes);
    expect([customers[1], dropped]).toEqual([second, ['3 garbled']]);
  },
);
