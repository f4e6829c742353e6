import type { ErrorCode } from '../api/errors.ts';
import type { Connection, Report } from '../api/schema.ts';

/** The exit codes of the contract. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongCommandLine: 2,
  refusedForSafety: 3,
  permissionRefused: 4,
  somethingBlocked: 10,
  nothingJudged: 20,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const special: Partial<Record<ErrorCode, ExitCode>> = {
  'bad-request': exitCodes.wrongCommandLine,
  'list-incomplete': exitCodes.wrongCommandLine,
  'not-a-list': exitCodes.wrongCommandLine,
  'profile-dangerous': exitCodes.refusedForSafety,
  'consent-needed': exitCodes.refusedForSafety,
  'list-signature': exitCodes.refusedForSafety,
  'list-rollback': exitCodes.refusedForSafety,
  'list-poisoned': exitCodes.refusedForSafety,
  'list-invalid': exitCodes.refusedForSafety,
  'permission-refused': exitCodes.permissionRefused,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return special[code] ?? exitCodes.failed;
}

/** Of several inputs the most serious failure decides: refused for safety before failed before done. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  const bySeverity = [exitCodes.refusedForSafety, exitCodes.permissionRefused, exitCodes.failed];
  return bySeverity.find((code) => codes.includes(code)) ?? exitCodes.done;
}

/** 10 when anything is blocked or degraded, 20 when no service could be judged at all, else 0. */
export function exitCodeOfReport(report: Report): ExitCode {
  const verdicts = report.services.flatMap(({ messages, calls }) => [messages.verdict, calls.verdict]);
  if (verdicts.some((verdict) => verdict === 'blocked' || verdict === 'degraded')) return exitCodes.somethingBlocked;
  return verdicts.includes('ok') ? exitCodes.done : exitCodes.nothingJudged;
}

/** Of a connect: done only when traffic really flows. */
export function exitCodeOfConnect(connection: Connection): ExitCode {
  if (connection.state === 'connected') return exitCodes.done;
  return connection.error ? exitCodeOf(connection.error.code) : exitCodes.failed;
}
