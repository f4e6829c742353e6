/** Something on the disk did not work out. The message names the file and what to do; never what was in it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'storage-failed' | 'not-found';

  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const causes: Record<string, string> = {
  ENOSPC: 'the disk is full; make some room and try again',
  EDQUOT: 'your share of the disk is used up; make some room and try again',
  EROFS: 'the disk cannot be written to; set SAWT_HOME to a folder that can',
  EACCES: 'this user may not do that; check who owns the folder, or set SAWT_HOME to another one',
  EPERM: 'this user may not do that; check who owns the folder, or set SAWT_HOME to another one',
  ENOTDIR: 'a file stands where a folder should be; move it away, or set SAWT_HOME to another folder',
  EEXIST: 'a file stands where a folder should be; move it away, or set SAWT_HOME to another folder',
  EISDIR: 'a folder stands where a file should be; move it away',
  ELOOP: 'a link stands where a file should be, which is not safe; remove the link',
};

/** Turns an error of the file system into one sentence. `action` fits after "Cannot": `save`, `read`, `remove`. */
export function storageFailed(action: string, path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const errno = errnoOf(error);
  const why =
    (errno === undefined ? undefined : causes[errno]) ?? `the system said ${errno ?? 'nothing we understand'}`;
  return new StoreError('storage-failed', `Cannot ${action} ${path}: ${why}.`, { cause: error });
}

/** `ENOENT`, `ENOSPC` ...; undefined when the error is not one of the system's. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
