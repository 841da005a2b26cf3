export type MigrationErrorCode =
  | 'bad_name'
  | 'postgres_too_old'
  | 'database_newer'
  | 'changed'
  | 'out_of_order'
  | 'failed';

/** The database cannot be brought to the state that this code needs. `message` says why, for an administrator. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
