import { encoded, read } from './testing.ts';

/** What the programs write from which people move their customers; each with the same person in it. */

const maria = 'Лаптева Мария | ООО Клён | +79165550142 | m.lapteva@example.org';
const mariaOlegovna =
  'Лаптева Мария Олеговна | ООО Клён | +74951234567 +74951234568 +79165550142 | m.lapteva@example.org';
const inEnglish = 'Lapteva Maria | Klen | +74951234567 +74951234568 +79165550142 | m.lapteva@example.org';

test.each([
  [
    'Google Contacts',
    'First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\r\n' +
      'Мария,,Лаптева,,,,,ООО Клён,,,* myContacts,* Work,m.lapteva@example.org,Mobile,+7 916 555-01-42\r\n',
    maria,
  ],
  [
    'Google Contacts until 2024',
    'Name,Given Name,Additional Name,Family Name,Yomi Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name\r\n' +
      'Мария Лаптева,Мария,,Лаптева,,* My Contacts,* Work,m.lapteva@example.org,Mobile,+7 916 555-01-42,,ООО Клён\r\n',
    maria,
  ],
  [
    'Google, several values in one cell',
    'First Name,Last Name,E-mail 1 - Value,Phone 1 - Value\nМария,Лаптева,m@example.org ::: l@example.org,+7 916 555-01-42 ::: +7 495 123-45-67\n',
    'Лаптева Мария |  | +79165550142 +74951234567 | m@example.org l@example.org',
  ],
  [
    'Outlook',
    '"Title","First Name","Last Name","Company","Business Fax","Business Phone","Home Phone","Mobile Phone","E-mail Address","E-mail Type","E-mail Display Name"\r\n' +
      '"","Maria","Lapteva","Klen","+7 495 123-45-60","+7 495 123-45-67","+7 495 123-45-68","+7 916 555-01-42","m.lapteva@example.org","SMTP","Maria Lapteva (m.lapteva@example.org)"\r\n',
    inEnglish,
  ],
  [
    'Outlook in Russian',
    encoded(
      '"Обращение";"Имя";"Отчество";"Фамилия";"Организация";"Рабочий факс";"Рабочий телефон";"Домашний телефон";"Телефон переносной";"Адрес эл. почты";"Тип эл. почты";"Краткое имя эл. почты"\r\n' +
        '"";"Мария";"Олеговна";"Лаптева";"ООО Клён";"8 495 123-45-60";"8 495 123-45-67";"8 495 123-45-68";"8 916 555-01-42";"m.lapteva@example.org";"SMTP";"Мария"\r\n',
      'windows-1251',
    ),
    mariaOlegovna,
  ],
  [
    'Outlook in German',
    encoded(
      '"Anrede";"Vorname";"Weitere Vornamen";"Nachname";"Firma";"Fax geschäftlich";"Telefon geschäftlich";"Telefon (privat)";"Mobiltelefon";"E-Mail-Adresse";"E-Mail-Typ";"E-Mail: Angezeigter Name";"Notizen"\r\n' +
        '"Frau";"Maria";"";"Lapteva";"Klen";"+7 495 123-45-60";"+7 495 123-45-67";"+7 495 123-45-68";"+7 916 555-01-42";"m.lapteva@example.org";"SMTP";"Frau Lapteva";"für später"\r\n',
      'windows-1252',
    ),
    inEnglish,
  ],
  [
    'Outlook in French',
    'Titre,Prénom,Deuxième prénom,Nom,Société,Télécopie (bureau),Téléphone (bureau),Téléphone (domicile),Tél. mobile,Adresse de messagerie,Type de messagerie\r\n' +
      ',Maria,,Lapteva,Klen,+7 495 123-45-60,+7 495 123-45-67,+7 495 123-45-68,+7 916 555-01-42,m.lapteva@example.org,SMTP\r\n',
    inEnglish,
  ],
  [
    'a list in Spanish',
    'Nombre;Apellidos;Empresa;Teléfono;Teléfono 2;Móvil;Correo electrónico\nMaria;Lapteva;Klen;+7 495 123-45-67;+7 495 123-45-68;+7 916 555-01-42;m.lapteva@example.org\n',
    inEnglish,
  ],
  [
    'a list in Ukrainian',
    "Ім'я;Прізвище;Компанія;Мобільний телефон;Електронна пошта\nМария;Лаптева;ООО Клён;+7 916 555-01-42;m.lapteva@example.org\n",
    maria,
  ],
  [
    'Google Contacts in German',
    'Vorname,Zweiter Vorname,Nachname,Name der Organisation,Labels,E-Mail 1 – Label,E-Mail 1 – Wert,Telefon 1 – Label,Telefon 1 – Wert\nМария,,Лаптева,ООО Клён,* myContacts,,m.lapteva@example.org,Mobile,+7 916 555-01-42\n',
    maria,
  ],
  [
    'Google Contacts in Russian',
    'Имя,Отчество,Фамилия,Организация,Ярлыки,Эл. почта 1 – ярлык,Эл. почта 1 – значение,Телефон 1 – ярлык,Телефон 1 – значение\nМария,,Лаптева,ООО Клён,* myContacts,,m.lapteva@example.org,Mobile,+7 916 555-01-42\n',
    maria,
  ],
  [
    'Thunderbird',
    'First Name,Last Name,Display Name,Primary Email,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Organization\nMaria,Lapteva,Maria Lapteva,m.lapteva@example.org,+7 495 123-45-67,+7 495 123-45-68,,,+7 916 555-01-42,Klen\n',
    inEnglish,
  ],
  [
    'amoCRM',
    '"Полное имя контакта","Компания контакта","Ответственный","Рабочий телефон","Рабочий email"\r\n"Мария Лаптева","ООО Клён","Анна","\'84951234567","m.lapteva@example.org"\r\n',
    'Мария Лаптева | ООО Клён | +74951234567 | m.lapteva@example.org',
  ],
  [
    'amoCRM with its types and notes',
    '"ID";"Тип";"Наименование";"Имя";"Фамилия";"Компания";"Рабочий прямой телефон";"Мобильный телефон";"Факс";"Личный email"\r\n"1";"контакт";"Мария Лаптева";"Мария";"Лаптева";"ООО Клён";"84951234567";"89165550142";"84951234560";"m.lapteva@example.org"\r\n',
    'Лаптева Мария | ООО Клён | +74951234567 +79165550142 | m.lapteva@example.org',
  ],
  [
    'amoCRM, deals',
    '"ID";"Название сделки";"Ответственный";"Основной контакт";"Компания контакта";"Рабочий телефон (контакт)";"Рабочий email (контакт)"\r\n"1";"Поставка";"Анна";"Мария Лаптева";"ООО Клён";"\'84951234567";"m.lapteva@example.org"\r\n',
    'Мария Лаптева | ООО Клён | +74951234567 | m.lapteva@example.org',
  ],
  [
    'Bitrix24, saved as .xls',
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /></head><body><table border="1"><thead><tr><th>ID</th><th>Имя</th><th>Фамилия</th><th>Компания</th><th>Мобильный телефон</th><th>Рабочий e-mail</th></tr></thead>' +
      '<tbody><tr><td>7</td><td>Мария</td><td>Лаптева</td><td>ООО Клён</td><td>89165550142</td><td>m.lapteva@example.org</td></tr></tbody></table></body></html>',
    maria,
  ],
  [
    'Bitrix24, contacts',
    '"ID";"Обращение";"Имя";"Отчество";"Фамилия";"Рабочий телефон";"Мобильный телефон";"Номер факса";"Домашний телефон";"Номер пейджера";"Рабочий e-mail";"Тип контакта";"Компания";"Комментарий"\n' +
      '"7";"";"Мария";"Олеговна";"Лаптева";"84951234567";"89165550142";"";"84951234568";"";"m.lapteva@example.org";"Клиенты";"ООО Клён";""\n',
    'Лаптева Мария Олеговна | ООО Клён | +74951234567 +79165550142 +74951234568 | m.lapteva@example.org',
  ],
  [
    'Bitrix24, leads',
    '"Название лида";"Имя";"Фамилия";"Название компании";"Мобильный телефон";"Частный e-mail"\n"Заявка с сайта";"Мария";"Лаптева";"ООО Клён";"89165550142";"m.lapteva@example.org"\n',
    maria,
  ],
  [
    '1C, partners below the title of a report',
    'Список контрагентов;;;\n;;;\nНаименование;ИНН;Контактный телефон;Адрес электронной почты\nООО Клён;7701234567;8 (495) 123-45-67, 8 (916) 555-01-42;m.lapteva@example.org\n',
    'ООО Клён |  | +74951234567 +79165550142 | m.lapteva@example.org',
  ],
  [
    '1C, partners with the person to speak with',
    'Наименование;Вид контрагента;Контактное лицо;Телефон;E-mail\nООО Клён;Юридическое лицо;Лаптева Мария;89165550142;m.lapteva@example.org\n',
    maria,
  ],
  [
    'Zoho CRM',
    'Record Id,Contact Owner,First Name,Last Name,Account Name,Email,Email Opt Out,Phone,Mobile,Fax,Mailing Street\nzcrm_1,Anna,Maria,Lapteva,Klen,m.lapteva@example.org,false,+7 495 123-45-67,+7 916 555-01-42,,Main St 5\n',
    'Lapteva Maria | Klen | +74951234567 +79165550142 | m.lapteva@example.org',
  ],
  [
    'HubSpot',
    'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Company Name,Mobile Phone Number,Email Domain,Last email date\n101,Maria,Lapteva,m.lapteva@example.org,+7 495 123-45-67,Anna,Lead,Klen,+7 916 555-01-42,example.org,2026-01-01\n',
    'Lapteva Maria | Klen | +74951234567 +79165550142 | m.lapteva@example.org',
  ],
  [
    'Pipedrive',
    'Person - Name,Person - Organization,Person - Phone - Work,Person - Phone - Mobile,Person - Email - Work\nMaria Lapteva,Klen,+7 495 123-45-67,+7 916 555-01-42,m.lapteva@example.org\n',
    'Maria Lapteva | Klen | +74951234567 +79165550142 | m.lapteva@example.org',
  ],
])('%s', async (_, file, customer) => {
  const { customers, rejected, dropped } = await read(file);
  expect({ customers, rejected, dropped }).toEqual({ customers: [customer], rejected: [], dropped: [] });
});

test('a column of types that mean something else is left out, and its lines are taken', async () => {
  for (const name of ['Тип', 'Категория', 'Класс']) {
    const { columns, customers, dropped } = await read(
      `Имя;${name};Телефон\nМария Лаптева;Покупатель;89165550142\nОлег Рябов;Поставщик;89165550143\n`,
    );
    expect(columns[1]).toBe(`${name}>-`);
    expect(customers).toHaveLength(2);
    expect(dropped).toEqual([]);
  }
});

test('a type that is understood in some lines is told where it is not', async () => {
  const { customers, dropped } = await read('Имя;Тип\nМария;Физ. лицо\nКлён;ТОО\n');
  expect(customers).toHaveLength(2);
  expect(dropped).toEqual(['3 unknown-kind ТОО']);
});

test.each([
  ['the number of an order', 'Номер;Имя;Телефон\n17;Мария;89165550142\n18;Олег;89165550143\n', 'Номер>-'],
  ['the number of a phone', 'Номер;Имя\n89165550142;Мария\n', 'Номер>phone'],
  [
    'what is known of a phone',
    'Имя;Телефон;Телефон подтверждён\nМария;89165550142;да\n',
    'Телефон подтверждён>-',
  ],
])('a column may be %s: what is in it decides', async (_, file, column) => {
  expect((await read(file)).columns).toContain(column);
});

test.each([
  [
    'Google, in columns of their own',
    'First Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\nМария,Mobile,89165550142,* Work,84951234567\n',
    ['+79165550142 Mobile', '+74951234567 Work'],
  ],
  [
    'Outlook, in the names of the columns',
    'First Name,Business Phone,Mobile Phone,Phone\nМария,84951234567,89165550142,84951234568\n',
    ['+74951234567 business', '+79165550142 mobile'],
  ],
  [
    'Bitrix24, in the names of the columns',
    'Имя;Рабочий телефон;Мобильный телефон;Другой телефон\nМария;84951234567;89165550142;84951234568\n',
    ['+74951234567 рабочий', '+79165550142 мобильный'],
  ],
  [
    'people, beside the number',
    'Имя;Рабочий телефон\nМария;8 916 555-01-42 секретарь\n',
    ['+79165550142 секретарь'],
  ],
  ['nobody', 'Имя;Телефон;Телефон 2\nМария;84951234567;89165550142\n', []],
])('what a phone is, as said by %s, is kept with it', async (_, file, labels) => {
  expect((await read(file)).labels).toEqual(labels);
});
