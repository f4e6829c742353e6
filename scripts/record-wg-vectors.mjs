// Records what the real wg-quick and wg make of each file in test/vectors/wg, without a device:
//   node scripts/record-wg-vectors.mjs
// The tests compare our own reading with this record, and the record with the tools where they are installed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusedByWg, stripByWgQuick, wgVersion } from '../test/profile/wg/real-tools.mjs';

const folder = join(import.meta.dirname, '..', 'test', 'vectors', 'wg');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.conf'))
  .sort();
const results = files.map((name) => {
  const stripped = stripByWgQuick(readFileSync(join(folder, name)));
  return [
    name,
    { strip: stripped?.toString('latin1') ?? null, refused: stripped === undefined || refusedByWg(stripped) },
  ];
});
const record = { tool: wgVersion(), files: Object.fromEntries(results) };
writeFileSync(join(folder, 'recorded.json'), `${JSON.stringify(record, undefined, 1)}\n`);
console.log(`${files.length} files recorded with ${record.tool}`);
