import type { ImportField } from '@ringdesk/shared/customer-import';
import { comparable } from '../../../../platform/search/words.ts';
import { namesAbroad } from './headings-abroad.ts';

/**
 * Names of columns, as `plainHeader` gives them, in the exports of Google, Outlook, Thunderbird, Bitrix24, amoCRM, 1C, Zoho, HubSpot, Pipedrive,
 * Salesforce, and as people write them.
 */
const names: Record<ImportField, string> = {
  name: `name, full name, fullname, display name, file as, customer, customer name, client, client name, person name, contact name, lead name,
    contact, contact full name, имя клиента, фио, ф и о, фио клиента, фио контакта, фамилия имя, фамилия имя отчество, имя и фамилия, имя фамилия,
    клиент, наименование, наименование в программе, рабочее наименование, полное наименование, название, контакт, полное имя,
    полное имя контакта, имя контакта, контрагент, партнер, покупатель, заказчик, физическое лицо, отображаемое имя, имя для отображения,
    название лида, хранить как, краткое имя, основной контакт`,
  firstName: `first name, firstname, given name, имя, имя контакт, имя контакта полностью`,
  lastName: `last name, lastname, surname, family name, фамилия, фамилия контакта, фамилия контакт`,
  middleName: `middle name, middlename, patronymic, additional name, second name, отчество, отчество контакта, среднее имя`,
  company: `company, company name, organization, organisation, organization name, organisation name, account, account name, employer,
    associated company, contact company, contact s company, person organization, компания, организация, фирма, предприятие, название компании,
    компания контакта, компания контакт, наименование компании, наименование организации, название организации, место работы, работодатель,
    юридическое лицо`,
  phone: `phone, phone number, telephone, tel, mobile, cell, callback, other, телефон, тел, номер телефона, мобильный, сотовый, рабочий телефон,
    телефоны, контактный телефон, радиотелефон, обратный вызов`,
  email: `email, e mail, email address, e mail address, mail, почта, эл почта, электронная почта, адрес электронной почты, адрес эл почты, имейл,
    электронный адрес`,
  tier: `tier, level, class, уровень, категория, класс`,
  segment: `segment, сегмент`,
  tags: `tags, tag, labels, group membership, categories, groups, теги, тег, метки, категории, группы, группы контактов, теги контакта, ярлыки`,
  note: `note, notes, comment, comments, remark, remarks, description, комментарий, комментарии, примечание, примечания, заметка, заметки,
    описание, дополнительная информация, доп информация`,
  kind: `kind, type, contact type, тип, вид, тип контакта, тип клиента, вид контрагента, юр физ лицо, юр физлицо, тип лица`,
};

/** Names that an organisation's list has beside the person to speak with. */
const organisationNames = words(
  'наименование, контрагент, партнер, название, рабочее наименование, customer, client, клиент',
);
const contactNames = words(
  'контактное лицо, основное контактное лицо, фио контактного лица, contact person, primary contact',
);

/** Columns of these names hold such things in some files and others in others: what is in them decides. */
const unsure = words('number, номер, other, mail, callback');

const anyPhone =
  /(?:^| )(?:phones?|telephones?|tel|mobile|mob|cell|cellular|cellphone|gsm|whatsapp|viber|телефоны?|тел|моб|мобильный|мобильного|сотовый|сот|ватсап|вайбер|\p{L}*telefon|telefonnummer|mobilnummer|handy|handynummer|telefonos?|telefones?|телефону|номер телефону)(?: |$)/u;
const noPhone =
  /(?:^| )(?:fax|telefax|telecopie|факс\p{L}*|type|label|kind|тип|вид|ярлык|метка|pager|пейджера?|telex|телекс|телетайп|tty|tdd|isdn|assistant|assistant s|asst|помощника|ассистента|секретаря|country|код|code|verified|подтвержден\p{L}*|extension|ext|доб\p{L}*|внутренний|date|дата|time|время|owner|ответственн\p{L}*|comment|комментарий|carrier|оператора?|provider|count|количество|manager|менеджера|yomi|phonetic|region|регион|status|статус|calls?|последн\p{L}*|last|opt|typ|tipo|etikett|libelle|etiqueta|etichetta)(?: |$)/u;
const anyEmail = /(?:^| )(?:e mail|e mails|emails?|messagerie|courriel|имейл|емейл|почта|почты)(?: |$)/u;
const noEmail =
  /(?:^| )(?:type|label|тип|ярлык|метка|display|краткое|opt|opted|out|отказ|status|статус|date|дата|verified|domain|домен|last|first|owner|ответственн\p{L}*|client|marketing|sends?|sent|bounced?|confirmed|quarantined|recipient|unsubscribed|programs?|password|пароль|typ|tipo|angezeigter|anzeigename|affiche|mostrar|visualizzato)(?: |$)/u;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((word) => word.trim().replace(/\s+/g, ' ')));
}

const fieldOfName = new Map<string, ImportField>();
for (const [field, list] of [...Object.entries(namesAbroad), ...Object.entries(names)])
  for (const name of words(list)) if (isField(field)) fieldOfName.set(name, field);

function isField(text: string): text is ImportField {
  return Object.hasOwn(names, text);
}

/** `E-mail 1 - Value`, `eMail_1_value` and `Доп. телефон 2` as `e mail`, `e mail` and `доп телефон`. */
export function plainHeader(header: string): string {
  return comparable(header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .replace(/ (?:value|значение|wert|valeur|valor|valore|значення)$/u, '');
}

/** What a column's name says it holds. `sure` is false where other columns have such names too, and what is in them has to decide. */
export interface Named {
  field: ImportField;
  sure: boolean;
}

/** @returns null when the name says nothing to us */
export function namedBy(header: string): Named | null {
  const plain = plainHeader(header);
  if (contactNames.has(plain)) return { field: 'name', sure: true };
  if (unsure.has(plain)) return { field: plain === 'mail' ? 'email' : 'phone', sure: false };
  const field = fieldOfName.get(plain);
  if (field !== undefined) return { field, sure: field !== 'tier' && field !== 'kind' };
  // Phones first: "e-mail or phone" is rare, and a phone is what a caller is known by.
  if (anyPhone.test(plain) && !noPhone.test(plain)) return { field: 'phone', sure: false };
  if ((anyEmail.test(plain) || /электронн\p{L}+ адрес/u.test(plain)) && !noEmail.test(plain))
    return { field: 'email', sure: false };
  return null;
}

/** Whether the column is the organisation, and another one names the person in it. */
export function isOrganisationBeside(header: string, all: readonly string[]): boolean {
  return (
    organisationNames.has(plainHeader(header)) && all.some((other) => contactNames.has(plainHeader(other)))
  );
}
