import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOfTime } from '../electron/signed/document.ts';
import { developmentKey, readReleaseKeys } from '../electron/signed/keys.ts';
import { readRoots, verifyCatalogue } from '../electron/check/load-catalogue.ts';
import { dateCatalogue } from './catalogue/date.ts';
import { signFile } from './servers/sign.ts';

/**
 * For maintainers, from the repository's folder:
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

const commands: Readonly<Record<string, () => Promise<string>>> = { sign: signCatalogue };

try {
  const command = commands[process.argv[2] ?? ''];
  if (!command) throw new Error('Say "sign".');
  process.stdout.write(`${await command()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
