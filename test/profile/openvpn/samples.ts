import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf } from '../../../electron/profile/text.ts';
import { parseOpenVpn, type ParsedOpenVpn } from '../../../electron/profile/openvpn/parse.ts';

/** A throw-away certificate and its key, made once for a run; openssl is there wherever the tests run. */
function makeCertificate(): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-cert-'));
  const at = (name: string): string => join(folder, name);
  const subject = ['-subj', '/CN=Sawt test', '-days', '3650', '-nodes'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', at('key'), '-out', at('cert')], {
      stdio: 'ignore',
    });
    return { cert: readFileSync(at('cert'), 'utf8').trim(), key: readFileSync(at('key'), 'utf8').trim() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const { cert, key } = makeCertificate();
const hexLines = Array.from({ length: 16 }, (_, index) => index.toString(16).repeat(32));
export const staticKey = [
  '-----BEGIN OpenVPN Static key V1-----',
  ...hexLines,
  '-----END OpenVPN Static key V1-----',
].join('\n');

export const blocks = `<ca>
${cert}
</ca>
<cert>
${cert}
</cert>
<key>
${key}
</key>
`;
export const simple = `client
dev tun
proto udp
remote 198.51.100.7 1194
remote-cert-tls server
${blocks}`;

export const parse = (text: string): ParsedOpenVpn =>
  parseOpenVpn(linesOf(Buffer.from(text), 'test.ovpn'), 'test.ovpn');
/** The simple file with more lines before its blocks. */
export const withLines = (lines: string): string => simple.replace('<ca>', `${lines}\n<ca>`);
