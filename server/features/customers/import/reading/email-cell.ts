import { emailAddress } from '@ringdesk/shared/customer';
import type { BadPart } from './phone-cell.ts';

/** The e-mail addresses of a cell; `bad` is what was not understood of it. */
export function emailsOf(cell: string): { emails: string[]; bad: BadPart<'bad-email'>[] } {
  const emails: string[] = [];
  const bad: BadPart<'bad-email'>[] = [];
  // `Мария <m@example.org>`: what stands before the brackets is a name.
  const bracketed = cell.match(/<[^<>\s]+@[^<>\s]+>/gu);
  for (const part of bracketed ?? cell.split(/:::|[,;|\s]+/u)) {
    const address = part
      .replace(/\p{Cf}+/gu, '')
      .replace(/^[<("']*(?:mailto:)?|[>)"'.]*$/giu, '')
      .trim();
    if (!/[\p{L}\p{N}]/u.test(address)) continue;
    if (emailAddress.safeParse(address).success) emails.push(address);
    else bad.push({ code: 'bad-email', value: part.trim() });
  }
  return { emails, bad };
}
