import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ListError } from '../../../electron/servers/errors.ts';
import type { Server } from '../../../electron/servers/types.ts';
import { readProviderFile, type ProviderFile } from '../build.ts';
import { withAddresses } from './addresses.ts';
import { askForList, AskError, type ListAnswer } from './ask.ts';
import { compare, judge, SurpriseError, type Comparison, type Surprise } from './compare.ts';
import { describeComparison } from './describe.ts';
import type { FoundServer, ListSource } from './source.ts';
import type { Tags } from './tags.ts';

export interface RefreshOptions {
  /** resources/servers/providers. */
  folder: string;
  tags: Tags;
  now: Date;
  extraRoots: string | undefined;
  limitMs: number;
  signal: AbortSignal;
  accepted: readonly Surprise[];
  /** Whether the file may be written, after a person has seen the lines. */
  mayWrite(lines: readonly string[], path: string): Promise<boolean>;
  say: (line: string) => void;
}

/** `failed`: nothing was learned; `refused`: what came may not be taken. In both the file stays as it was. */
export type Refreshed = 'written' | 'not-written' | 'unchanged' | 'failed' | 'refused';

/** Asks one provider and, if a person agrees, writes its file anew. */
export async function refreshProvider(source: ListSource, options: RefreshOptions): Promise<Refreshed> {
  const { folder, tags, now, say } = options;
  const path = join(folder, `${source.provider}.json`);
  const text = readFileSync(path, 'utf8');
  const before: ProviderFile = readProviderFile(`${source.provider}.json`, JSON.parse(text));
  try {
    const answer = await askForList(source.url(now), { ...options, entityTag: tags.get(source.provider, text) });
    if (answer.kind === 'same') {
      say(`${before.provider.name}: the list has not changed since it was written here.`);
      return 'unchanged';
    }
    const comparison = await compareWith(source, answer, before, now);
    const lines = describeComparison(comparison, before.servers.length);
    judgeAfterSaying(lines, before, comparison, options);
    if (!(await options.mayWrite(lines, path))) return 'not-written';
    const next = `${JSON.stringify(comparison.next, null, 1)}\n`;
    replaceFile(path, next);
    tags.set(source.provider, next, answer.entityTag);
    return 'written';
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome === undefined) throw error;
    say(`${before.provider.name}: ${outcome.sentence} ${source.provider}.json stays as it was.`);
    return outcome.kind;
  }
}

async function compareWith(
  source: ListSource,
  { body }: Extract<ListAnswer, { kind: 'list' }>,
  before: ProviderFile,
  now: Date,
): Promise<Comparison> {
  const found = readList(source, body, before.servers);
  const today = now.toISOString().slice(0, 10);
  return compare(before, await withAddresses(found, before.servers), source.name, today);
}

function readList(source: ListSource, body: unknown, known: readonly Server[]): FoundServer[] {
  try {
    return source.read(body, known);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw new AskError(error instanceof Error ? error.message : String(error));
    const [first] = error.issues;
    const place = first?.path.map(String).join('.') ?? '';
    throw new AskError(`its list has another shape than the documented one (at "${place}": ${first?.message ?? ''})`);
  }
}

/** What is refused is shown too: a person has to see why. */
function judgeAfterSaying(
  lines: readonly string[],
  before: ProviderFile,
  comparison: Comparison,
  { accepted, say }: RefreshOptions,
): void {
  try {
    judge(before, comparison, accepted);
  } catch (error) {
    lines.forEach(say);
    throw error;
  }
}

function outcomeOf(error: unknown): { kind: 'failed' | 'refused'; sentence: string } | undefined {
  if (error instanceof AskError) return { kind: 'failed', sentence: `nothing was learned, ${error.message}.` };
  if (error instanceof ListError) return { kind: 'refused', sentence: error.message };
  if (error instanceof SurpriseError) {
    const advice = `If the provider's own site says the same, run it again with --accept ${error.surprise}.`;
    return { kind: 'refused', sentence: `${error.message} ${advice}` };
  }
  return undefined;
}

/** Whole or not at all. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
