import type { RejectedLine } from '@ringdesk/shared/customer-import';
import type { Field } from './columns.ts';

/** Why a line is not taken: a code with what its sentence speaks of, and that sentence in English. */
export type Reject = Pick<RejectedLine, 'code' | 'params' | 'reason'> & { field: Field | null };

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

const notUnderstood = {
  tier: { code: 'unknown-tier', reason: 'the tier is none of standard, silver, gold, vip' },
  kind: { code: 'unknown-kind', reason: 'the type is neither person nor company' },
  phone: { code: 'bad-phone', reason: 'a phone is not a phone number' },
  email: { code: 'bad-email', reason: 'an e-mail is not an e-mail address' },
} as const;

export function unreadable(field: keyof typeof notUnderstood, value: string): Reject {
  const params = { value: value.length > shownLetters ? `${value.slice(0, shownLetters)}…` : value };
  return { ...notUnderstood[field], params, field };
}

/** What is wrong by the rules for customers that hold everywhere; as zod tells it. */
export interface Fault {
  code: string;
  message: string;
  path: readonly PropertyKey[];
  origin?: string;
  maximum?: number | bigint;
  minimum?: number | bigint;
}

const fieldNamed: Record<string, Field> = {
  name: 'name',
  company: 'company',
  phones: 'phone',
  emails: 'email',
  segment: 'segment',
  tags: 'tags',
  note: 'note',
};

/** @param fault the first of the line's faults  @param value what stands at its path */
export function againstRules(fault: Fault | undefined, value: unknown): Reject {
  const path = String(fault?.path[0] ?? '');
  const field = fieldNamed[path] ?? null;
  if (fault?.code === 'invalid_format' && field === 'email') return unreadable('email', String(value));
  const reason = `${path}: ${fault?.message ?? 'is wrong'}`;
  if (fault?.code === 'too_big') {
    const limit = Number(fault.maximum);
    return { code: fault.origin === 'array' ? 'too-many' : 'too-long', params: { limit }, reason, field };
  }
  if (fault?.code === 'too_small')
    return { code: 'too-short', params: { least: Number(fault.minimum) }, reason, field };
  return { code: 'wrong', params: {}, reason, field };
}
