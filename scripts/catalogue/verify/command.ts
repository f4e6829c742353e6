import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { catalogueSchema, type Catalogue } from '../../../electron/check/catalogue.ts';
import { readRoots } from '../../../electron/check/load-catalogue.ts';
import type { Report } from '../../../electron/check/report.ts';
import { runCheck, type CheckOptions } from '../../../electron/check/run.ts';
import { describeTargets, summarise } from './describe.ts';
import { whyNoLonger, whyNotHere } from './guard.ts';
import { propose, type Proposal } from './propose.ts';
import { patientCatalogue, seeTargets, type SeenTarget } from './see.ts';

/** Longer than the app's own limit: nobody waits, and everything is asked patiently. */
const timeoutMs = 120_000;

/**
 * npm run catalogue:verify [-- --service ID,ID] [--write]
 * `folder`: resources/catalogue. Returns the exit code: 0 done, whatever was found; 3 this network is no place for it.
 */
export async function verifyCommand(args: readonly string[], folder: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { service: { type: 'string' }, write: { type: 'boolean', default: false } },
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const path = join(folder, 'catalogue.json');
  const catalogue = readCatalogue(path);
  const wanted = values.service?.split(',');
  const unknown = wanted?.filter((id) => catalogue.services.every((service) => service.id !== id)) ?? [];
  if (unknown.length > 0) throw new Error(`The catalogue has no service ${unknown.join(', ')}.`);
  const look = await openEyes(join(folder, 'ca'));
  // The check as everybody runs it, of all services: a block of another one is a block too.
  const usual = whyNotHere(await look({ catalogue }));
  if (usual.length > 0) return refuse(usual, say);
  const patient = await look({ catalogue: patientCatalogue(catalogue), ...(wanted && { services: wanted }) });
  const meanwhile = whyNoLonger(patient);
  if (meanwhile.length > 0) return refuse(meanwhile, say);
  const services = catalogue.services.filter(({ id }) => wanted?.includes(id) ?? true);
  const today = new Date().toISOString().slice(0, 10);
  const seen = seeTargets(services, patient);
  const proposed = seen.map((target) => ({ target, proposal: propose(target.target, target.seen, today) }));
  describeTargets(proposed).forEach(say);
  say(summarise(seen));
  if (!values.write) {
    say('Nothing was written; --write writes what stands behind the arrows: dates and confidence, no more.');
    return 0;
  }
  writeProposals(path, proposed);
  say('Written. Change by hand what else is new, then: npm run catalogue:sign');
  return 0;
}

function readCatalogue(path: string): Catalogue {
  const parsed = catalogueSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`catalogue.json: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function refuse(reasons: readonly string[], say: (line: string) => void): number {
  say('Refused: a catalogue that is verified from a network that blocks or fails would learn its faults.');
  for (const reason of reasons) say(`  ${reason}`);
  say('Nothing was compared and nothing written. Use an open network.');
  return 3;
}

/** The app's own check, with this computer's network and roots. */
async function openEyes(
  rootsFolder: string,
): Promise<(what: Pick<CheckOptions, 'catalogue' | 'services'>) => Promise<Report>> {
  const extraRootsFile = process.env['NODE_EXTRA_CA_CERTS'];
  const privateRoots = await readRoots(rootsFolder);
  return (what) =>
    runCheck({
      privateRoots,
      depth: 'full',
      timeoutMs,
      ...what,
      ...(extraRootsFile !== undefined && { extraRootsFile }),
    });
}

function writeProposals(
  path: string,
  proposed: readonly { target: SeenTarget; proposal: Proposal | undefined }[],
): void {
  const catalogue = readCatalogue(path);
  const proposalOf = new Map(
    proposed.map(({ target, proposal }) => [keyOf(target.service.id, target.target.id), proposal]),
  );
  for (const { id, messages, calls } of catalogue.services) {
    for (const target of [...messages, ...calls]) Object.assign(target, proposalOf.get(keyOf(id, target.id)));
  }
  writeFileSync(`${path}.new`, `${JSON.stringify(catalogue, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

const keyOf = (service: string, target: string): string => `${service}/${target}`;
