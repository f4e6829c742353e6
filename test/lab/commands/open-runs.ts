import { parseArgs } from 'node:util';
import { reportSchema } from '../../../electron/check/report.ts';
import { catalogue } from '../../sim/world.ts';
import { Random } from '../../sim/random.ts';
import { falseAlarms } from '../../sim/truth.ts';
import type { Censor } from '../censor/censor.ts';
import { buildLab } from '../lab.ts';
import { LabError } from '../system/lab-error.ts';
import { places } from '../system/places.ts';
import type { WorldChange } from '../world/change.ts';

const checkLimitMs = 60_000;

/**
 * `open-runs [--runs N] [--seed S] [--json]`: real checks in open networks that are as bad as lines are: distance, jitter,
 * loss, IPv6 that leads nowhere, a neutral server that is down. 1 when one of them cries wolf.
 */
export async function checkOpenNetworks(args: readonly string[]): Promise<number> {
  const { runs, seed, json } = readOptions(args);
  const lab = await buildLab();
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    const { censor, world, words } = openNetwork(seed + run);
    await lab.flip(censor, world);
    const argv = [process.execPath, places.program('cli'), 'check', '--json'] as const;
    const { stdout, stderr } = await lab.exec('client', argv, { timeoutMs: checkLimitMs });
    const report = reportSchema.safeParse(readJson(stdout));
    const mistakes = report.success ? falseAlarms(report.data) : [`no report: ${stderr.trim().slice(-300)}`];
    if (mistakes.length > 0) alarms += 1;
    if (mistakes.length > 0 || !json) console.error(`seed ${seed + run} (${words}): ${mistakes.join('; ') || 'ok'}`);
  }
  await lab.close();
  console.log(json ? JSON.stringify({ runs, falseAlarms: alarms }) : `${runs} runs, ${alarms} false alarms`);
  return alarms === 0 ? 0 : 1;
}

function openNetwork(seed: number): { censor: Censor; world: WorldChange; words: string } {
  const random = new Random(seed);
  const rttMs = Math.round(random.between(20, 600));
  const path = {
    delayMs: rttMs / 2,
    jitterMs: Math.round(random.between(0, rttMs / 10)),
    lossPct: random.between(0, 15),
  };
  const brokenIpv6 = random.chance(0.3);
  const down = random.chance(0.5) ? neutralHost(random) : undefined;
  const words = [
    `${rttMs} ms`,
    `${path.lossPct.toFixed(1)} % loss each way`,
    ...(brokenIpv6 ? ['IPv6 leads nowhere'] : []),
    ...(down === undefined ? [] : [`${down} is down`]),
  ];
  return {
    censor: { path, ...(brokenIpv6 && { packets: [{ drop: 'ipv6' as const }] }) },
    world: down === undefined ? {} : { down: [down] },
    words: words.join(', '),
  };
}

function neutralHost(random: Random): string | undefined {
  const { tls, stun, doh } = catalogue.controls;
  return random.pick([...tls, ...stun, ...doh].map(({ host }) => host));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readOptions(args: readonly string[]): { runs: number; seed: number; json: boolean } {
  const options = {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const [runs, seed] = [Number(values.runs), Number(values.seed)];
    if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed))
      throw new Error('--runs and --seed want numbers.');
    return { runs, seed, json: values.json };
  } catch (error) {
    throw new LabError('usage', error instanceof Error ? error.message : String(error));
  }
}
