import { basename, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInputFile, writePrivateFile } from '../files.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { updateText } from '../text/update-text.ts';

const kinds = ['servers', 'catalogue'] as const;

interface ExportFlags {
  kind: (typeof kinds)[number];
  out?: string;
  qrSet?: string;
  force?: true;
}

/** Handing the signed lists on to somebody whose network lets no mirror through. */
export function addHandOn(servers: Command, session: Session, finish: Finish): void {
  servers
    .command('export')
    .description('write the list in use for somebody else, as one file or as pictures of QR codes')
    .addOption(new Option('--kind <kind>', 'which list').choices(kinds).default('servers'))
    .option('--out <file>', 'write one file')
    .option('--qr-set <folder>', 'write numbered PNG pictures into this folder')
    .option('--force', 'replace files that exist')
    .action(async (flags: ExportFlags) => finish(await exportList(session, flags)));
  servers
    .command('import')
    .description('take a newer list that somebody handed on; it is verified like one from a mirror')
    .argument('<files...>', 'the file of "sawt servers export", all pictures of a set, or a list and its .minisig')
    .option('--json', 'print what became of it as JSON')
    .action(async (files: string[], flags: { json?: true }) => finish(await importList(session, files, flags)));
}

async function exportList({ terminal, call }: Session, { kind, out, qrSet, force }: ExportFlags): Promise<ExitCode> {
  if ((out === undefined) === (qrSet === undefined))
    throw new ApiError({ code: 'bad-request', message: 'Say where to write: --out FILE or --qr-set FOLDER.' });
  const result = await call('servers.export', { kind, form: out === undefined ? 'pictures' : 'file' });
  if (out !== undefined && 'base64' in result) {
    await writePrivateFile(out, Buffer.from(result.base64, 'base64'), force ?? false);
    terminal.err(`Written to ${out}. It holds no secret; the receiver takes it with "sawt servers import FILE".`);
  }
  if (qrSet !== undefined && 'pictures' in result) {
    await mkdir(qrSet, { recursive: true });
    const { length } = String(result.pictures.length);
    for (const [index, picture] of result.pictures.entries()) {
      const name = `${kind}-${String(index + 1).padStart(length, '0')}-of-${result.pictures.length}.png`;
      await writePrivateFile(join(qrSet, name), Buffer.from(picture, 'base64'), force ?? false);
    }
    terminal.err(`${result.pictures.length} pictures written to ${qrSet}. All of them are needed, in any order.`);
  }
  return exitCodes.done;
}

async function importList({ terminal, call }: Session, paths: string[], { json }: { json?: true }): Promise<ExitCode> {
  const read = await Promise.all(paths.map((path) => readInputFile(path, terminal)));
  const files = read.map(({ bytes }, index) => ({
    name: basename(paths[index] ?? ''),
    base64: Buffer.from(bytes).toString('base64'),
  }));
  const result = await call('servers.import', { files });
  if (json) printJson(terminal, result);
  else terminal.out(result.documents.map(updateText).join('\n'));
  return exitCodes.done;
}
