import type { ImportField, RejectedLine } from '@ringdesk/shared/customer-import';

/** Why a line or a cell is not taken: a code with what its sentence speaks of, and that sentence in English. */
export type Reject = Pick<RejectedLine, 'code' | 'params' | 'reason'> & { field: ImportField | null };

/** A cell that was not understood is shown so far. */
const shownLetters = 60;

export function wrongCells(has: number, wanted: number): Reject {
  return {
    code: 'cells',
    params: { has, wanted },
    reason: `has ${has} cells where the first line has ${wanted}`,
    field: null,
  };
}

export const noName: Reject = { code: 'no-name', params: {}, reason: 'has no name', field: 'name' };

export const garbled: Reject = {
  code: 'garbled',
  params: {},
  reason: "has bytes that are no letters of the file's encoding",
  field: null,
};

export const badCard: Reject = { code: 'bad-card', params: {}, reason: 'is no vCard', field: null };

const notUnderstood = {
  'unknown-tier': { field: 'tier', reason: 'the tier is none of standard, silver, gold, vip' },
  'unknown-kind': { field: 'kind', reason: 'the type is neither person nor company' },
  'bad-phone': { field: 'phone', reason: 'a phone is not a phone number' },
  'short-phone': {
    field: 'phone',
    reason: 'a phone has too few digits: its area code is missing, or its end',
  },
  'scientific-phone': {
    field: 'phone',
    reason:
      "a phone stands in Excel's scientific notation, its last digits are lost: make the column text, and export it again",
  },
  'bad-email': { field: 'email', reason: 'an e-mail is not an e-mail address' },
} as const;

export function unreadable(code: keyof typeof notUnderstood, value: string): Reject {
  const params = { value: value.length > shownLetters ? `${value.slice(0, shownLetters)}…` : value };
  return { code, ...notUnderstood[code], params };
}

export function tooLong(field: ImportField, limit: number): Reject {
  return { code: 'too-long', params: { limit }, reason: `has more than ${limit} characters`, field };
}

export function tooMany(field: ImportField, limit: number): Reject {
  return { code: 'too-many', params: { limit }, reason: `has more than ${limit}`, field };
}

export function sameName(limit: number): Reject {
  return {
    code: 'same-name',
    params: { limit },
    reason: `more than ${limit} lines have this name: it is no name of a customer`,
    field: 'name',
  };
}
