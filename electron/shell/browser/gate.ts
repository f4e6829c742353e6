import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who may speak to the loopback server. Any program and any web page on this computer can reach the port: pages are
 * kept out by Host (a rebound name) and Origin (another site's script), other users by the token and the cookie.
 */
export interface Gate {
  /** `127.0.0.1:PORT`: the only Host that is answered. */
  host: string;
  /** Goes into the address that opens the window. */
  token: string;
  isOurHost(host: string | undefined): boolean;
  /** The Set-Cookie value for a right token; undefined for a wrong one, and for one that has been used up. */
  exchange(token: string): string | undefined;
  hasCookie(header: string | undefined): boolean;
  /** For a WebSocket, which no same-origin policy protects: Host, Origin and cookie. */
  admitsSocket(headers: IncomingHttpHeaders): boolean;
}

export function createGate(port: number, oneTime: boolean): Gate {
  const host = `127.0.0.1:${port}`;
  const token = secret();
  const session = secret();
  // Cookies do not know ports: with the port in its name, two running programs do not overwrite each other's.
  const cookieName = `sawt-${port}`;
  let used = false;

  const isOurHost = (given: string | undefined): boolean => given === host;
  const hasCookie = (header: string | undefined): boolean =>
    (header ?? '')
      .split(';')
      .map((pair) => pair.trim().split('='))
      .some(([name, value]) => name === cookieName && value !== undefined && sameText(value, session));
  return {
    host,
    token,
    isOurHost,
    exchange: (given) => {
      if (!sameText(given, token) || (oneTime && used)) return undefined;
      used = true;
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    hasCookie,
    admitsSocket: ({ host: given, origin, cookie }) =>
      isOurHost(given) && origin === `http://${host}` && hasCookie(cookie),
  };
}

/** 256 random bits, fit for a URL and a cookie. */
function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in constant time; hashing first makes the lengths equal. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
