import { toE164 } from '@ringdesk/shared/phone';
import type { RejectedRow } from './messages.ts';
import { readFile } from './read-file.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A text in an 8-bit encoding, as old programs save it. */
export function encoded(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  );
  return Uint8Array.from(text, (letter) => {
    const byte = bytes.get(letter);
    if (byte === undefined) throw new Error(`${encoding} has no ${letter}`);
    return byte;
  });
}

export interface Read {
  /** `header>field`, `-` for none. */
  columns: string[];
  /** `name | company | phones | e-mails` */
  customers: string[];
  /** `line code value` */
  rejected: string[];
  dropped: string[];
  /** `number label`, of the phones that have one. */
  labels: string[];
  lines: RejectedRow[];
}

/** Reads a file to its end, by the names of its columns. */
export async function read(file: string | Uint8Array, region = 'RU'): Promise<Read> {
  const bytes = typeof file === 'string' ? utf8(file) : file;
  const { understood, batches } = await readFile(bytes, (text) => toE164(text, region));
  const { columns } = understood;
  const result: Read = {
    columns: columns.map(({ header, field }) => `${header}>${field ?? '-'}`),
    customers: [],
    rejected: [],
    dropped: [],
    labels: [],
    lines: [],
  };
  const fields = columns.map(({ field }) => field);
  for await (const { rows, rejected, dropped } of batches(fields, true)) {
    for (const { fields: customer } of rows) {
      const { name, company, phones, emails } = customer;
      const numbers = phones.map(({ number }) => number).join(' ');
      for (const { number, label } of phones) if (label !== null) result.labels.push(`${number} ${label}`);
      result.customers.push(`${name} | ${company ?? ''} | ${numbers} | ${emails.join(' ')}`);
    }
    for (const { line, code, params } of rejected)
      result.rejected.push(`${line} ${code} ${params['value'] ?? ''}`.trim());
    for (const { line, code, params } of dropped)
      result.dropped.push(`${line} ${code} ${params['value'] ?? ''}`.trim());
    result.lines.push(...rejected);
  }
  return result;
}
