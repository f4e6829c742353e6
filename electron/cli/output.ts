import type { Terminal } from './terminal.ts';

/** One document on standard output. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(JSON.stringify(value, null, 2));
}

/** One document on one line, for a stream of them. */
export function printJsonLine(terminal: Terminal, value: unknown): void {
  terminal.out(JSON.stringify(value));
}

/** A cell may be painted: `text` is what is measured, `shown` what is written. */
export interface Cell {
  text: string;
  shown: string;
}

/** Rows in aligned columns, two spaces between them; the last column runs free. */
export function columns(rows: readonly (readonly (Cell | string)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell, shown: cell } : cell)));
  const widths: number[] = [];
  for (const row of cells)
    row.slice(0, -1).forEach(({ text }, index) => (widths[index] = Math.max(widths[index] ?? 0, text.length)));
  return cells
    .map((row) =>
      row
        .map(({ text, shown }, index) => shown + ' '.repeat(Math.max(0, (widths[index] ?? 0) - text.length)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
