import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOfTime } from '../electron/signed/document.ts';
import { developmentKey, readReleaseKeys } from '../electron/signed/keys.ts';
import { readRoots, verifyCatalogue } from '../electron/check/load-catalogue.ts';
import { dateCatalogue } from './catalogue/date.ts';
import { verifyCommand } from './catalogue/verify/command.ts';
import { signFile } from './servers/sign.ts';

/**
 * For maintainers, from the repository's folder (docs/maintaining.md):
 *   npm run catalogue:verify   on an open network: compares every target of the catalogue with reality
 *   npm run catalogue:sign     after a change of resources/catalogue/catalogue.json: next version, fresh dates, and the
 *                              signature with the key whose text is in SAWT_SIGNING_KEY
 */
const resources = join(process.cwd(), 'resources');
const cataloguePath = join(resources, 'catalogue', 'catalogue.json');

async function signCatalogue(): Promise<string> {
  const now = new Date();
  const text = dateCatalogue(readFileSync(cataloguePath, 'utf8'), now);
  const signed = { bytes: Buffer.from(text), signature: signFile('catalogue.json', Buffer.from(text), now) };
  const keys = [...(await readReleaseKeys(join(resources, 'signing'))), developmentKey];
  // By the app's own rules, before anything is written.
  const { document } = verifyCatalogue(
    signed,
    { keys, floor: 0, now: endOfTime },
    await readRoots(join(resources, 'catalogue', 'ca')),
  );
  writeFileSync(cataloguePath, text);
  writeFileSync(`${cataloguePath}.minisig`, signed.signature);
  return `Signed: version ${document.version}, ${document.services.length} services.`;
}

/** Each gives its exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  verify: (args) => verifyCommand(args, join(resources, 'catalogue')),
  sign: async () => {
    process.stdout.write(`${await signCatalogue()}\n`);
    return 0;
  },
};

try {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new Error('Say "verify" or "sign".');
  process.exitCode = await command(args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
