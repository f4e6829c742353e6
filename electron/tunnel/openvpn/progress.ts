import { formatEndpoint } from '../addresses.ts';
import { AttemptFailure, type Candidate } from '../carrier.ts';
import type { ManagementEvent } from './management.ts';
import { pushReplyOf, resolversIn, type PushedOptions } from './pushed.ts';

/** Until something came back from the server. */
export const answerLimitMs = 5000;
/** Until it was connected: TLS over a slow line takes several round trips. */
export const connectLimitMs = 15_000;

/** What has been seen of one attempt so far. */
export interface Progress {
  answered: boolean;
  connected: boolean;
  refused: boolean;
  /** The server wants a user name and a password, and they were asked for. */
  asked: boolean;
  badCertificate: boolean;
  pushed: PushedOptions;
}

export const noProgress: Progress = {
  answered: false,
  connected: false,
  refused: false,
  asked: false,
  badCertificate: false,
  pushed: { resolvers: [], searchDomains: [] },
};

/** States that follow only after an answer of the server. */
const afterAnswer = new Set(['AUTH', 'AUTH_PENDING', 'GET_CONFIG', 'ASSIGN_IP', 'ADD_ROUTES', 'CONNECTED']);

/** The next progress; throws AttemptFailure when this event ends the attempt. */
export function advance(progress: Progress, event: ManagementEvent, candidate: Candidate): Progress {
  switch (event.kind) {
    case 'log':
      return advanceByLog(progress, event.text);
    case 'state':
      if (event.name === 'RECONNECTING' || event.name === 'EXITING') throw ended(progress, event.detail, candidate);
      return {
        ...progress,
        answered: progress.answered || afterAnswer.has(event.name),
        connected: progress.connected || event.name === 'CONNECTED',
      };
    case 'need-password':
      return { ...progress, asked: true };
    case 'password-refused':
      throw ended(progress, 'auth-failure', candidate);
    case 'fatal':
      throw new AttemptFailure('failed', 'handshake-rejected', `OpenVPN gave up: ${event.text.slice(0, 200)}`);
    default:
      return progress;
  }
}

function advanceByLog(progress: Progress, text: string): Progress {
  const options = pushReplyOf(text);
  if (options) {
    const { resolvers, searchDomains } = resolversIn(options);
    // A long reply comes in several messages.
    const pushed = {
      resolvers: [...progress.pushed.resolvers, ...resolvers],
      searchDomains: [...progress.pushed.searchDomains, ...searchDomains],
    };
    return { ...progress, pushed };
  }
  return {
    ...progress,
    refused: progress.refused || /connection refused/i.test(text),
    badCertificate: progress.badCertificate || (text.includes('VERIFY') && text.includes('ERROR')),
  };
}

/** OpenVPN's own reasons for starting anew (forward.c, ssl.c, socket.c of OpenVPN 2.6), in our words. */
function ended(progress: Progress, reason: string, candidate: Candidate): AttemptFailure {
  if (reason === 'auth-failure') return turnedAway(progress);
  if (progress.badCertificate) {
    return new AttemptFailure(
      'failed',
      'handshake-rejected',
      'The server could not prove who it is: the profile is out of date, the clock of this computer is wrong, or somebody else answers in its place.',
    );
  }
  if (/^connection-(?:reset|failed)$/.test(reason) || progress.refused) {
    return new AttemptFailure(
      'refused',
      'handshake-rejected',
      `${name(candidate)} refused the connection, or this network cut it off. Try another server or transport.`,
    );
  }
  return progress.answered ? unfinished(candidate) : silent(candidate);
}

function turnedAway({ asked }: Progress): AttemptFailure {
  return asked
    ? new AttemptFailure(
        'rejected',
        'password-wrong',
        'The server refused the user name or password: check them and try again. Some providers also refuse when too many devices are connected.',
      )
    : new AttemptFailure(
        'rejected',
        'handshake-rejected',
        'The server does not let this profile in any more; get a new one from whoever gave it to you.',
      );
}

/** For the end of a time limit. */
export function timedOut(progress: Progress, candidate: Candidate): AttemptFailure {
  return ended(progress, 'server_poll', candidate);
}

function silent(candidate: Candidate): AttemptFailure {
  return new AttemptFailure(
    'silent',
    'handshake-silent',
    `${name(candidate)} did not answer within ${answerLimitMs / 1000} seconds: this network may block OpenVPN${candidate.transport === 'openvpn-udp' ? ' over UDP' : ''}, or the server is down. Try another server or transport.`,
  );
}

function unfinished(candidate: Candidate): AttemptFailure {
  return new AttemptFailure(
    'failed',
    'handshake-rejected',
    `${name(candidate)} answered at first but the connection was never completed: this network may cut off OpenVPN, or the server does not know this profile. Try another server or transport.`,
  );
}

function name({ address, port }: Candidate): string {
  return `The server ${formatEndpoint(address, port)}`;
}
