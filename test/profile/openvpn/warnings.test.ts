import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { cert, parse, simple } from './samples.ts';

test('a public authority without a name to check is called what it is', () => {
  const text = simple.replace(cert, rootCertificates[0] ?? '');
  const { warnings } = parse(text);
  expect(warnings.find(({ code }) => code === 'weak-identity')?.text).toContain('public certificate authority');
  const named = parse(text.replace('<ca>', 'verify-x509-name vpn.example name\n<ca>'));
  expect(named.warnings.map(({ code }) => code)).not.toContain('weak-identity');
});
