import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: root });

/** Lints `code` as if it stood in `file` (which must exist) and gives the rules that spoke. */
async function rulesBrokenBy(code: string, file: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: resolve(root, file) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

describe('the arrows between rooms', () => {
  it.each([
    ['a domain room reaching for a front', "import { serveApi } from '../api/server.ts';", 'electron/check/report.ts'],
    [
      'a type import across domain rooms',
      "import type { Report } from '../check/report.ts';",
      'electron/profile/types.ts',
    ],
    [
      'the window reaching past the API',
      "import type { Profile } from '../../electron/profile/types.ts';",
      'renderer/client/connect.ts',
    ],
    [
      'signed documents reaching for what stands in them',
      "import { catalogueSchema } from '../check/catalogue.ts';",
      'electron/signed/document.ts',
    ],
    ['production code reaching for tests', "import { x } from '../../test/lab/main.ts';", 'electron/tunnel/types.ts'],
  ])('refuse %s', async (_, statement, file) => {
    expect(await rulesBrokenBy(`${statement}\n`, file)).toContain('import-x/no-restricted-paths');
  });

  it('refuse Electron outside its shell', async () => {
    const code = "import { app } from 'electron';\nvoid app;\n";
    expect(await rulesBrokenBy(code, 'electron/check/report.ts')).toContain('no-restricted-imports');
  });

  it('refuse running domain code in electron/api, but allow its types', async () => {
    const value = "import { verdicts } from '../check/report.ts';\nvoid verdicts;\n";
    const type = "import type { Report } from '../check/report.ts';\nexport type Result = Report;\n";
    expect(await rulesBrokenBy(value, 'electron/api/channel.ts')).toContain('no-restricted-syntax');
    expect(await rulesBrokenBy(type, 'electron/api/channel.ts')).toEqual([]);
  });

  it('allow what the house allows', async () => {
    const code = "import type { Profile } from '../profile/types.ts';\nexport type Carried = Profile;\n";
    expect(await rulesBrokenBy(code, 'electron/tunnel/types.ts')).toEqual([]);
  });
});
