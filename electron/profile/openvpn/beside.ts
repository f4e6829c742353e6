import type { Block, Directive } from './lines.ts';
import { materialDirectives } from './materials.ts';

/** The lines of a file that came together with the profile, by the name in the profile; undefined: no such file. */
export type LinesBeside = (name: string) => string[] | undefined;

const mayNameFile = [...materialDirectives, 'auth-user-pass'];

/**
 * Puts the text of the files that came with the profile in the place of their names, as if it had been written with
 * blocks. What has a block already, and what names a file that did not come along, stays as it is.
 */
export function takeInBeside(
  directives: readonly Directive[],
  blocks: readonly Block[],
  beside: LinesBeside,
): { directives: Directive[]; blocks: Block[] } {
  const taken: Block[] = [];
  const replaced = directives.map((directive): Directive => {
    const { line, name, args } = directive;
    const [file, ...others] = args;
    if (file === undefined || !mayNameFile.includes(name) || blocks.some((block) => block.name === name))
      return directive;
    const lines = beside(file);
    if (lines === undefined) return directive;
    taken.push({ line, name, lines });
    return { line, name, args: ['[inline]', ...others] };
  });
  return { directives: replaced, blocks: [...blocks, ...taken] };
}
