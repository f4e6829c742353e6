/** Where something is wrong in an input. Names and numbers only, never a value. */
export interface Place {
  /** Name of the input, fit to be shown. */
  file: string;
  /** 1-based; null when the trouble is not in one line. */
  line: number | null;
  directive: string | null;
}

export type ProfileErrorCode = 'profile-invalid' | 'profile-dangerous' | 'profile-unsupported' | 'profile-too-large';

/** An input that does not become a profile. Nothing was stored. */
export class ProfileError extends Error implements Place {
  override readonly name = 'ProfileError';
  readonly code: ProfileErrorCode;
  readonly file: string;
  readonly line: number | null;
  readonly directive: string | null;

  /** Names, fit to be shown, of the files that the input refers to and that did not come with it; mostly empty. */
  readonly needs: readonly string[];

  /** `problem`: a sentence without its full stop, with what to do after a semicolon or colon. */
  constructor(code: ProfileErrorCode, place: Place, problem: string, needs: readonly string[] = []) {
    const where = [place.file, place.line === null ? [] : `line ${place.line}`, place.directive ?? []].flat();
    super(`${where.join(', ')}: ${problem}.`);
    this.code = code;
    this.file = place.file;
    this.line = place.line;
    this.directive = place.directive;
    this.needs = needs;
  }
}
