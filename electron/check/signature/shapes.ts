import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CatalogueError } from '../errors.ts';

/** What packets of calls look like, service by service: resources/signatures/shapes.json, which comes with the app. */

const fileName = 'shapes.json';
const typeName = z.string().regex(/^[0-9a-f]{4}$/);
const attribute = z.union([
  z.strictObject({ type: typeName, hex: z.string().regex(/^([0-9a-f]{2}){1,200}$/) }),
  z.strictObject({ type: typeName, text: z.string().min(1).max(100) }),
  z.strictObject({ type: typeName, random: z.int().min(1).max(400) }),
  z.strictObject({ type: typeName, fill: z.enum(['server', 'username', 'nonce']) }),
]);
const shape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  message: z.enum(['allocate', 'binding']),
  attributes: z.array(attribute).min(1).max(16),
});
const serviceShapes = z.strictObject({
  service: z.string().regex(/^[a-z0-9_]+$/),
  /** `low`: not taken from real calls. Its silence never says that they are filtered. */
  confidence: z.enum(['high', 'low']),
  /** Field by field in the order of a real call. A verdict rests on this one. */
  exact: shape,
  /** The same marks in another order or message: tells a filter that reads attributes from one that looks at fixed places. */
  variant: shape.nullable(),
  /**
   * The exact shape without its marks: as long, of the same kind and built alike, with types or names that are nobody's.
   * What stops this one knows no service.
   */
  twin: shape,
  sources: z.array(z.string()).min(1),
});

export const shapesSchema = z
  .strictObject({
    schema: z.literal(1),
    asOf: z.iso.date(),
    sources: z.record(z.string(), z.string()),
    services: z.array(serviceShapes).min(1).max(50),
  })
  .refine(({ services, sources }) => services.every((each) => each.sources.every((name) => name in sources)), {
    path: ['services'],
    error: 'Every source is named in sources.',
  });
export type ServiceShapes = z.infer<typeof serviceShapes>;

/** Throws CatalogueError: the file of the app is not there, or this version of the app cannot read it. */
export async function loadShapes(path: string): Promise<ServiceShapes[]> {
  try {
    return shapesSchema.parse(JSON.parse(await readFile(path, 'utf8'))).services;
  } catch (cause) {
    throw new CatalogueError(fileName, null, `${fileName} cannot be read; install Sawt again.`, { cause });
  }
}
