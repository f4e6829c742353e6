export type LabErrorCode =
  | 'usage'
  | 'program-missing'
  | 'program-failed'
  | 'not-in-sandbox'
  | 'sandbox-failed'
  | 'catalogue-invalid'
  | 'ruleset-rejected'
  | 'helper-failed'
  | 'capture-broken'
  | 'closed';

/** What went wrong with the lab itself. A lab that is not what its scenario says must never look like a network. */
export class LabError extends Error {
  readonly code: LabErrorCode;

  constructor(code: LabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LabError';
    this.code = code;
  }
}
