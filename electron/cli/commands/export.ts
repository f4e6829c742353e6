import { Option, type Command } from 'commander';
import { toBuffer, toString } from 'qrcode';
import { ApiError } from '../../api/errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { writePrivateFile } from '../files.ts';
import type { Finish, Session } from '../session.ts';

const formats = ['conf', 'ovpn', 'qr-png', 'qr-svg', 'qr-text'] as const;
type Format = (typeof formats)[number];

interface Flags {
  format: Format;
  out?: string;
  force?: true;
  reveal?: true;
}

export function addExport(program: Command, session: Session, finish: Finish): void {
  program
    .command('export')
    .description('write a profile as a file or a QR code for another device; it holds the private key')
    .argument('<id>')
    .addOption(new Option('--format <format>', 'what to write').choices(formats).makeOptionMandatory())
    .option('--out <file>', 'where to write; readable by you only')
    .option('--force', 'replace the file when it exists')
    .option('--reveal', 'print to the terminal, secrets included, instead of writing a file')
    .action(async (id: string, flags: Flags) => finish(await exportProfile(session, id, flags)));
}

async function exportProfile({ terminal, call }: Session, id: string, flags: Flags): Promise<ExitCode> {
  const { out } = flags;
  if (out === undefined && !(flags.reveal && flags.format !== 'qr-png'))
    throw new ApiError({
      code: 'bad-request',
      message: 'The profile holds secrets: name a file with --out, or add --reveal to print it (not qr-png).',
    });
  const { summary, text } = await call('profiles.show', { id, reveal: true });
  if ((flags.format === 'ovpn') !== (summary.kind === 'openvpn'))
    throw new ApiError({
      code: 'profile-unsupported',
      message: `${summary.name} is a profile for ${summary.kind}; it cannot be written as ${flags.format}.`,
      details: { format: flags.format },
    });
  const content = await encode(text, flags.format);
  if (out === undefined) {
    terminal.out(content.toString().trimEnd());
    return exitCodes.done;
  }
  await writePrivateFile(out, content, flags.force ?? false);
  terminal.err(`Written to ${out}. Whoever has this file can use your VPN: keep it to yourself.`);
  return exitCodes.done;
}

async function encode(text: string, format: Format): Promise<Buffer | string> {
  switch (format) {
    case 'conf':
    case 'ovpn':
      return text;
    case 'qr-png':
      return toBuffer(text, { type: 'png' });
    case 'qr-svg':
      return toString(text, { type: 'svg' });
    case 'qr-text':
      return toString(text, { type: 'utf8' });
  }
}
