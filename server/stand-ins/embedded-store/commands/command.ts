import type { Cursors } from '../cursors.ts';
import { CommandFailure } from '../failure.ts';
import type { Store } from '../storage/store.ts';
import { decodePlain } from '../values/codec.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { rawDocuments } from '../values/raw.ts';

/** What a command gets: its document decoded plainly, the bytes of it, and the document sequences that came along. */
export type Call = {
  readonly name: string;
  readonly db: string;
  readonly body: Doc;
  readonly raw: Buffer;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  readonly connectionId: number;
};

export type Services = {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly now: () => Date;
  readonly startedAt: Date;
  readonly connections: () => number;
};

/** The answer, as fields beside `ok: 1` or as a whole BSON document. */
export type Answer = Doc | Buffer;
export type Command = (call: Call, services: Services) => Answer | Promise<Answer>;

/** The string under the command's own name, or another field that must be one. */
export function textField(call: Call, field: string): string {
  const value = call.body[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new CommandFailure(
    'InvalidNamespace',
    `'${call.name}' needs a string that is not empty as '${field}'`,
  );
}

export function docField(call: Call, field: string): Doc {
  const value = call.body[field];
  if (value === undefined || value === null) return {};
  if (isDoc(value)) return value;
  throw new CommandFailure(
    'TypeMismatch',
    `BSON field '${call.name}.${field}' is the wrong type, expected type 'object'`,
  );
}

/** A number that is not negative, or `otherwise` when it is absent. */
export function countField(call: Call, field: string, otherwise: number): number {
  const value = call.body[field];
  if (value === undefined || value === null) return otherwise;
  const number = isBsonNumber(value) ? toDouble(value) : Number.NaN;
  if (!Number.isInteger(number) || number < 0) {
    throw new CommandFailure(
      51024,
      `BSON field '${field}' value must be >= 0, actual value '${String(value)}'`,
    );
  }
  return number;
}

/** Documents of a command's list, in bytes, from a sequence beside it or from the command itself. */
export function rawList(call: Call, field: string): readonly Buffer[] {
  const found = call.sequences.get(field) ?? rawDocuments(call.raw, field);
  if (found === undefined) {
    throw new CommandFailure(40414, `BSON field '${call.name}.${field}' is missing but a required field`);
  }
  return found;
}

export function plainList(call: Call, field: string): Doc[] {
  return rawList(call, field).map(decodePlain);
}

/** Refuses options that would change the result and are not here, so that none is silently left out. */
export function refuseOptions(call: Call, options: Readonly<Record<string, string>>): void {
  for (const [option, what] of Object.entries(options)) {
    const value = call.body[option];
    if (value === undefined || value === null || value === false) continue;
    if (option === 'collation' && isSimpleCollation(value)) continue;
    throw new CommandFailure(
      'NotImplemented',
      `${what} is not implemented by the embedded store; use MongoDB (MONGODB_URL) for it`,
    );
  }
}

export function isSimpleCollation(value: unknown): boolean {
  return isDoc(value) && value['locale'] === 'simple';
}
