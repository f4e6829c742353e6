import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portsNeeded } from '../../../electron/check/signature/plan.ts';
import { loadShapes, shapesSchema } from '../../../electron/check/signature/shapes.ts';
import { relayPorts } from '../../../electron/profile/own-server/relay.ts';
import { catalogue } from '../judge/evidence-builder.ts';
import { shapes } from './shipped.ts';

const path = 'resources/signatures/shapes.json';

describe('the shipped shapes', () => {
  it('belong to services of the catalogue, each with one set and ids of their own', () => {
    const known = catalogue.services.map(({ id }) => id);
    expect(shapes.map(({ service }) => service).filter((id) => !known.includes(id))).toEqual([]);
    expect(new Set(shapes.map(({ service }) => service)).size).toBe(shapes.length);
    const ids = shapes.flatMap(({ exact, variant }) => [exact.id, ...(variant ? [variant.id] : [])]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('take no more ports than a server of one’s own has to spare', () => {
    const [first = 0, last = 0] = relayPorts.spare.split('-').map(Number);
    expect(portsNeeded(shapes, 1)).toBeLessThanOrEqual(last - first + 1);
  });

  it('name only sources that are explained', async () => {
    const data = JSON.parse(await readFile(path, 'utf8')) as { services: { sources: string[] }[] };
    data.services[0]?.sources.push('hearsay');
    expect(shapesSchema.safeParse(data).success).toBe(false);
  });
});

describe('a damaged file', () => {
  it.each([
    ['no JSON', '{'],
    ['not what is wanted', '{"schema": 1}'],
  ])('(%s) is refused by its name', async (_, text) => {
    const file = join(await mkdtemp(join(tmpdir(), 'sawt-shapes-')), 'shapes.json');
    await writeFile(file, text);
    await expect(loadShapes(file)).rejects.toMatchObject({ code: 'catalogue-invalid', file: 'shapes.json' });
  });
});
