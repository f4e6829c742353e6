import type { Protocol } from 'electron';
import type { BuiltFiles } from '../built-files.ts';
import { contentSecurityPolicy, securityHeaders } from '../page-security.ts';

export const pageScheme = 'sawt-app';
export const pageUrl = `${pageScheme}://window/index.html`;

/** To be registered before Electron is ready: a standard, secure scheme without any of the risky privileges. */
export const pageSchemePrivileges = {
  scheme: pageScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Whether an address is the window's own page; null and whatever cannot be parsed is not. */
export function isOurPage(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return protocol === `${pageScheme}:` && host === 'window';
}

/** Serves the built window under its own scheme: the files that were there at the start, by exact path. */
export function servePage(protocol: Protocol, files: BuiltFiles): void {
  const headers = securityHeaders(contentSecurityPolicy());
  protocol.handle(pageScheme, ({ url, method }) => {
    const file = isOurPage(url) && method === 'GET' ? files.get(new URL(url).pathname) : undefined;
    if (!file) return new Response(null, { status: 404, headers });
    return new Response(file.bytes, { headers: { ...headers, 'content-type': file.contentType } });
  });
}
