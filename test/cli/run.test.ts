import { describe, expect, it } from 'vitest';
import { ApiError, errorCodes } from '../../electron/api/errors.ts';
import { reportWith, sawt } from './cli-bed.ts';

const commands = [
  ['check'],
  ['recheck'],
  ['import'],
  ['profiles'],
  ['profiles', 'list'],
  ['profiles', 'show'],
  ['profiles', 'rename'],
  ['profiles', 'remove'],
  ['generate'],
  ['export'],
  ['servers'],
  ['servers', 'list'],
  ['servers', 'verify'],
  ['servers', 'update'],
  ['servers', 'probe'],
  ['own-server'],
  ['own-server', 'list'],
  ['own-server', 'new'],
  ['own-server', 'add'],
  ['own-server', 'revoke'],
  ['own-server', 'check'],
  ['own-server', 'remove'],
  ['relay'],
  ['relay', 'set'],
  ['relay', 'show'],
  ['relay', 'remove'],
  ['connect'],
  ['status'],
  ['disconnect'],
  ['history'],
  ['history', 'list'],
  ['history', 'show'],
  ['history', 'compare'],
  ['history', 'rename'],
  ['history', 'clear'],
  ['wg'],
  ['wg', 'genkey'],
  ['wg', 'pubkey'],
  ['wg', 'genpsk'],
  ['wg', 'strip'],
  ['wg', 'check'],
  ['doctor'],
  ['repair'],
];

describe('every command', () => {
  it.each([[], ...commands].map((command) => [command]))('%j explains itself with --help', async (command) => {
    const run = await sawt([...command, '--help']);
    expect(run).toMatchObject({ code: 0, err: '', calls: [] });
    expect(run.out).toContain(`Usage: ${['sawt', ...command].join(' ')}`);
  });

  it.each([[], ...commands].map((command) => [command]))('%j knows its --version', async (command) => {
    expect(await sawt([...command, '--version'])).toMatchObject({ code: 0, out: '1.2.3\n', calls: [] });
  });
});

describe('a wrong command line ends with 2 and one sentence', () => {
  it.each([
    [['chekc']],
    [['check', '--jsn']],
    [['check', '--depth', 'deep']],
    [['check', '--json', '--ndjson']],
    [['check', '--timeout', 'soon']],
    [['check', '--service', '../etc']],
    [['check', 'whatsapp']],
    [['import']],
    [['profiles', 'show']],
    [['generate']],
    [['export', 'p-1']],
    [['servers', 'list', '--near', 'Morocco']],
  ])('%j', async (argv) => {
    const run = await sawt(argv);
    expect(run).toMatchObject({ code: 2, calls: [] });
    expect(run.err).toMatch(/^sawt: [^\n]+\n$/);
  });

  it('says so in JSON too when JSON was asked for', async () => {
    const run = await sawt(['status', '--json', '--fast']);
    expect(run.code).toBe(2);
    expect(JSON.parse(run.out)).toMatchObject({ error: { code: 'bad-request' } });
  });

  it('shows what there is when nothing was asked', async () => {
    const run = await sawt([]);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('Usage: sawt');
  });
});

describe('an error of the app', () => {
  const failing = (code: (typeof errorCodes)[number]) => ({
    'tunnel.status': () => Promise.reject(new ApiError({ code, message: 'It did not work. Try again.' })),
  });

  it.each([
    ['list-signature', 3],
    ['list-rollback', 3],
    ['list-poisoned', 3],
    ['list-invalid', 3],
    ['profile-dangerous', 3],
    ['permission-refused', 4],
    ['bad-request', 2],
    ['tool-missing', 1],
    ['internal', 1],
  ] as const)('%s ends with %i', async (code, exitCode) => {
    const run = await sawt(['status', '--json'], failing(code));
    expect(run.code).toBe(exitCode);
    expect(run.err).toBe('sawt: It did not work. Try again.\n');
    expect(JSON.parse(run.out)).toEqual({ error: { code, message: 'It did not work. Try again.', details: {} } });
  });

  it.each(errorCodes.map((code) => [code]))('%s never looks like success', async (code) => {
    expect((await sawt(['status'], failing(code))).code).not.toBe(0);
  });

  it('that nobody foresaw keeps its text out of sight', async () => {
    const failure = { 'tunnel.status': () => Promise.reject(new TypeError('PrivateKey = c2VjcmV0')) };
    const run = await sawt(['status', '--json'], failure, { debug: true });
    expect(run.code).toBe(1);
    expect(run.out + run.err).not.toContain('c2VjcmV0');
    expect(run.err).toMatch(/TypeError\n\s+at /);
  });
});

describe('Ctrl-C', () => {
  it('ends a check with a word and 1', async () => {
    const controller = new AbortController();
    const running = sawt(
      ['check', '--json'],
      {
        'check.run': (_args, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
            controller.abort();
          }),
      },
      { signal: controller.signal },
    );
    const run = await running;
    expect(run.code).toBe(1);
    expect(run.err).toContain('Cancelled');
    expect(JSON.parse(run.out)).toMatchObject({ error: { code: 'cancelled' } });
  });
});

describe('colour', () => {
  const handlers = { 'check.run': () => reportWith('ok', 'blocked') };
  const escape = '\u001b[';

  it('is there on a terminal', async () => {
    expect((await sawt(['check'], handlers, { terminal: true })).out).toContain(escape);
  });

  it.each([
    ['a file or pipe', { terminal: false }],
    ['NO_COLOR', { terminal: true, env: { NO_COLOR: '1' } }],
    ['a dumb terminal', { terminal: true, env: { TERM: 'dumb' } }],
  ])('is off for %s', async (_why, options) => {
    expect((await sawt(['check'], handlers, options)).out).not.toContain(escape);
  });
});
