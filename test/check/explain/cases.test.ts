import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleIds } from '../../../electron/check/explain/cases.ts';

const root = resolve(import.meta.dirname, '../../..');
const known: readonly string[] = ruleIds;

/** Ids of rows in the decision table's first columns. */
function documentedRules(): string[] {
  const table = readFileSync(join(root, 'docs/decision-table.md'), 'utf8');
  return [...table.matchAll(/^\| ([A-Z]+\d*) +\|/gm)].map(([, id = '']) => id);
}

/** Every rule that the code of the check names as a string: `'S1'`, `'NT'` ... by its source file. */
function spokenRules(): [rule: string, file: string][] {
  const folder = join(root, 'electron/check');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('explain'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(/'((?:[A-Z]\d{1,2})|OK|NT|NR|RS)'/g)].map(([, id = '']): [string, string] => [id, file]);
  });
}

/** Rows that never stand in a report: they keep something from being called blocked, or add to another row. */
const silentRows = ['D4', 'D6', 'T4', 'U5', 'U8'];

describe('every rule', () => {
  it('that the judgement speaks by has an explanation (to add one: electron/api/explanations.ts)', () => {
    const spoken = spokenRules();
    expect(spoken.length).toBeGreaterThan(ruleIds.length);
    expect(spoken.filter(([rule]) => !known.includes(rule))).toEqual([]);
  });

  it('that is explained is spoken by somewhere', () => {
    const spoken = new Set(spokenRules().map(([rule]) => rule));
    expect(known.filter((rule) => !spoken.has(rule))).toEqual([]);
  });

  it('that speaks is a row of the decision table, and every row speaks or is known not to', () => {
    const rows = [...new Set(documentedRules())];
    expect(known.filter((rule) => !rows.includes(rule) && !['OK', 'NT'].includes(rule))).toEqual([]);
    expect(rows.filter((row) => !known.includes(row)).sort()).toEqual(silentRows);
  });
});
