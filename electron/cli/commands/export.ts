import { Option, type Command } from 'commander';
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

async function exportProfile(session: Session, id: string, flags: Flags): Promise<ExitCode> {
  const { terminal } = session;
  const { out, format } = flags;
  if (out === undefined && !(flags.reveal && format !== 'qr-png'))
    throw new ApiError({
      code: 'bad-request',
      message: 'The profile holds secrets: name a file with --out, or add --reveal to print it (not qr-png).',
    });
  const content =
    format === 'conf' || format === 'ovpn' ? await fileOf(session, id, format) : await codeOf(session, id, format);
  if (out === undefined) terminal.out(content.toString().trimEnd());
  else {
    await writePrivateFile(out, content, flags.force ?? false);
    terminal.err(`Written to ${out}. Whoever has this file can use your VPN: keep it to yourself.`);
  }
  // The work is done; this only tells what comes of it.
  const { warnings } = await session.call('accounts.sharing', { profile: id });
  for (const { text } of warnings) terminal.err(text);
  return exitCodes.done;
}

async function fileOf({ terminal, call }: Session, id: string, format: 'conf' | 'ovpn'): Promise<string> {
  const { summary, text, lostInNetworkManager: lost } = await call('profiles.show', { id, reveal: true });
  if ((format === 'ovpn') === (summary.kind === 'openvpn')) {
    if (lost.length > 0)
      terminal.err(`NetworkManager leaves out ${lost.join(', ')} when it imports this file; set that there by hand.`);
    return text;
  }
  throw new ApiError({
    code: 'profile-unsupported',
    message: `${summary.name} is a profile for ${summary.kind}; it cannot be written as ${format}.`,
    details: { format },
  });
}

const qrFormats = { 'qr-png': 'png', 'qr-svg': 'svg', 'qr-text': 'text' } as const;

async function codeOf(
  { terminal, call }: Session,
  id: string,
  format: keyof typeof qrFormats,
): Promise<Buffer | string> {
  const { content, dense } = await call('profiles.qr', { id, format: qrFormats[format] });
  if (dense) terminal.err('This code is dense: show it large, or send the .conf file instead.');
  return format === 'qr-png' ? Buffer.from(content, 'base64') : content;
}
