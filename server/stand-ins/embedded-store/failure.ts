/** Codes of MongoDB's error_codes.yml that this store raises. */
export const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotIndexParallelArrays: 171,
  QueryFeatureNotAllowed: 224,
  NotImplemented: 238,
  InvalidPipelineOperator: 168,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  InvalidRegex: 51091,
} as const;

export type ErrorName = keyof typeof errorCodes;

/**
 * An error that is told to the client as MongoDB tells it: `code`, `codeName`, `errmsg`, and whatever else belongs to it (`details`).
 * It is raised before anything is written, so that the rest of the same transaction stays whole.
 */
export class CommandFailure extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Record<string, unknown>;

  constructor(name: ErrorName | number, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'CommandFailure';
    this.code = typeof name === 'number' ? name : errorCodes[name];
    this.codeName = typeof name === 'number' ? `Location${name}` : name;
    this.details = details;
  }
}

/** What this store does not have: named plainly, so that nobody takes silence for success. */
export function notImplemented(what: string): CommandFailure {
  return new CommandFailure(
    'NotImplemented',
    `${what} is not implemented by the embedded store; use MongoDB (MONGODB_URL) for it`,
  );
}
