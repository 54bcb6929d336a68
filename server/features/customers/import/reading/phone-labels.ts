import { plainHeader } from './headers.ts';

/** Where a phone's label comes from when no word stands beside its number. */
export interface LabelSource {
  /** The column that holds it, as Google's `Phone 1 - Label`; null when there is none. */
  column: number | null;
  /** What the name of the phone's own column says: `mobile` of `Mobile Phone`. */
  text: string | null;
}

const longestLabel = 30;
/** Words of a column's name that say no more than that it holds phones. */
const general =
  /(?<!\p{L})(?:phones?|telephones?|tel|numbers?|no|main|primary|other|person|contact|customer|client|value|номера?|телефоны?|телефона|тел|основной|другой|контакт|контакта|контактный|контактного|лица|клиента|telefone?|telefonnummer|rufnummer|nummer|telefono|callback)(?!\p{L})/giu;

/** What the name of a column with phones says of them; null when it says only that. */
function labelIn(header: string): string | null {
  const label = plainHeader(header).replace(general, ' ').replace(/\s+/g, ' ').trim();
  return label === '' || label.length > longestLabel ? null : label;
}

const labelColumn = /\s*[-–—:.]?\s*(?:label|type|ярлык|тип|kind)\s*$/iu;
const valueColumn = /\s*[-–—:.]?\s*(?:value|значение|wert|number|номер)\s*$/iu;

/** For each column, where the label of the phones in it is found. */
export function labelSources(headers: readonly string[]): LabelSource[] {
  const labels = new Map<string, number>();
  for (const [at, header] of headers.entries())
    if (labelColumn.test(header)) labels.set(header.replace(labelColumn, '').toLowerCase(), at);
  return headers.map((header) => {
    const column = labels.get(header.replace(valueColumn, '').toLowerCase()) ?? null;
    return {
      column: column === headers.indexOf(header) ? null : column,
      text: column === null ? labelIn(header) : null,
    };
  });
}

/** A label as people gave it; null for marks and numbers of programs. */
export function labelOf(cell: string): string | null {
  // `_$!<Mobile>!$_` is Apple's own word, `* Work` Google's choice.
  const label = cell
    .replace(/^_\$!<(.*)>!\$_$/u, '$1')
    .replace(/^\*\s*/u, '')
    .trim();
  return label === '' || label.length > longestLabel || !/\p{L}/u.test(label) ? null : label;
}
