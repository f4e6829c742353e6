import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { DownloadError } from '../../electron/signed/download.ts';
import { verifyDocument, type SignedDocument } from '../../electron/signed/document.ts';
import type { Mirror } from '../../electron/signed/mirrors.ts';
import { updateDocument, type DocumentUpdate, type UpdateNetwork } from '../../electron/signed/update.ts';
import { now } from '../servers/samples.ts';
import { publicKeyOf, sample, sampleType, signedBy } from './samples.ts';

type Files = Record<string, SignedDocument | 'down' | 'redirect' | 'silent'>;
const current = { document: signedBy(1, sample(5)), version: 5, expired: false };

interface Bed {
  result: DocumentUpdate;
  /** `host file`, in order, with the tag where one was sent. */
  asked: string[];
  kept: number[];
}

/** Mirrors by host, asked in the order given, with a tenth of a second for each. */
async function update(files: Files, using: typeof current | null = current): Promise<Bed> {
  const asked: string[] = [];
  const kept: number[] = [];
  const download: UpdateNetwork['download'] = async (url, { have, signal }) => {
    asked.push(`${url.hostname} ${url.pathname}${have === undefined ? '' : ` "${have.slice(0, 6)}"`}`);
    const file = files[url.hostname] ?? 'down';
    if (file === 'silent')
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));
    if (file === 'down') throw new DownloadError('connect');
    if (file === 'redirect') throw new DownloadError('redirect');
    if (typeof file === 'string') throw new Error('unreachable');
    if (!url.pathname.endsWith('.minisig')) return file.bytes;
    return have === tagOf(file.signature) ? null : Buffer.from(file.signature);
  };
  const mirrors = Object.keys(files).map((host): Mirror => ({ url: `https://${host}/v1/`, addresses: [] }));
  let order = 0;
  const result = await updateDocument(
    {
      ...{ kind: 'servers', name: 'list.json', maxBytes: 1000, current: using ?? undefined },
      verify: (offered) => {
        const trust = { keys: [publicKeyOf(1)], floor: using?.version ?? 0, now };
        return Promise.resolve(verifyDocument(sampleType, offered, trust).document.version);
      },
      keep: (_, version) => Promise.resolve(void kept.push(version)),
    },
    { mirrors, download, random: () => order++, headStartMs: 100, signal: new AbortController().signal },
  );
  return { result, asked, kept };
}
const tagOf = (signature: string): string => createHash('sha256').update(signature).digest('hex');
const good = signedBy(1, sample(6));

test('a newer document is verified and kept, and no other mirror is asked', async () => {
  const { result, asked, kept } = await update({ a: good, b: 'down' });
  expect(result).toMatchObject({ outcome: 'updated', version: 6, previousVersion: 5, mirror: 'a', rule: null });
  expect([kept, asked.map((line) => line.split(' ')[0])]).toEqual([[6], ['a', 'a']]);
});

test('what is there already costs one small question, with a tag of our own making', async () => {
  const { result, asked, kept } = await update({ a: current.document, b: good });
  expect([result.outcome, result.version, kept]).toEqual(['unchanged', 5, []]);
  expect(asked).toEqual([`a /v1/list.json.minisig "${tagOf(current.document.signature).slice(0, 6)}"`]);
});

test('without anything in use no tag is sent', async () => {
  const { result, asked } = await update({ a: good }, null);
  expect([result.outcome, result.previousVersion, asked[0]]).toEqual(['updated', null, 'a /v1/list.json.minisig']);
});

test.each([
  ['signature-key', signedBy(2, sample(7))],
  ['signature-list', { ...signedBy(1, sample(7)), bytes: good.bytes }],
  ['version-floor', signedBy(1, sample(4))],
  ['schema', signedBy(1, { ...sample(7), more: 1 })],
  ['json', signedBy(1, '{')],
  ['redirect', 'redirect' as const],
])('when all mirrors offer what fails %s, it is refused by that rule, and nothing is kept', async (rule, file) => {
  const { result, kept } = await update({ a: file, b: file });
  expect([result.outcome, result.rule, result.version, kept]).toEqual(['refused', rule, 5, []]);
  expect(result.failures.map((failure) => failure.rule)).toEqual([rule, rule]);
});

test('one good mirror among bad ones is enough, and the bad ones are named', async () => {
  const { result } = await update({ evil: signedBy(2, sample(9)), dead: 'down', a: good });
  expect(result).toMatchObject({ outcome: 'updated', version: 6, mirror: 'a' });
  expect(result.failures).toEqual([
    { mirror: 'evil', rule: 'signature-key', failure: null },
    { mirror: 'dead', rule: null, failure: 'connect' },
  ]);
});

test('a silent mirror has its head start, then the next one is asked, and it is given up for a good one', async () => {
  const { result } = await update({ mute: 'silent', a: good });
  expect(result).toMatchObject({ outcome: 'updated', mirror: 'a', failures: [] });
});

test('mirrors that hold one to an expired document are told as that, and a newer one is found behind them', async () => {
  const expired = { ...current, expired: true };
  expect((await update({ a: current.document, b: current.document }, expired)).result).toMatchObject({
    outcome: 'refused',
    rule: 'frozen',
    version: 5,
  });
  expect((await update({ a: current.document, b: good }, expired)).result).toMatchObject({ outcome: 'updated' });
});

test('no mirror at all is no refusal', async () => {
  expect((await update({ a: 'down', b: 'down' })).result).toMatchObject({ outcome: 'unreachable', rule: null });
});
