export const INPUT_ERROR_CODES = [
  'usage',
  'target-url-invalid',
  'target-file-missing',
  'target-file-invalid',
  'credentials-missing',
  'run-folder-invalid',
  'check-unknown',
  'output-not-writable',
  'ownership-not-proved',
] as const;
export type InputErrorCode = (typeof INPUT_ERROR_CODES)[number];

/**
 * The operator gave us something we cannot use. Exit code 2; never held against the target.
 * Every code has a page: docs/errors/<code>.md.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputErrorCode;

  constructor(code: InputErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
