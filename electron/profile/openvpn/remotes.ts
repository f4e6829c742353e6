import { parseHost, parsePort } from '../address.ts';
import { ProfileError } from '../errors.ts';
import type { DroppedLine, OpenVpnRemote } from '../types.ts';
import { readLines, shownName, type Block, type Directive } from './lines.ts';

const defaultPort = 1194;
/** OpenVPN itself keeps 64. */
const maxRemotes = 64;
const transports: Readonly<Record<string, OpenVpnRemote['transport']>> = {
  ...{ udp: 'udp', udp4: 'udp', udp6: 'udp' },
  ...{ tcp: 'tcp', tcp4: 'tcp', tcp6: 'tcp', 'tcp-client': 'tcp', 'tcp4-client': 'tcp', 'tcp6-client': 'tcp' },
};

interface Defaults {
  port: number;
  transport: OpenVpnRemote['transport'];
}

/** All servers in the order they are tried: `remote` lines, then <connection> blocks. Throws ProfileError. */
export function readRemotes(
  directives: readonly Directive[],
  connections: readonly Block[],
  file: string,
): { remotes: OpenVpnRemote[]; dropped: DroppedLine[] } {
  const defaults = readDefaults(directives, { port: defaultPort, transport: 'udp' }, file);
  const remotes = remotesIn(directives, defaults, file);
  const dropped: DroppedLine[] = [];
  for (const { lines, line } of connections) {
    const inner = readLines(lines, file, line + 1);
    remotes.push(...remotesIn(inner.directives, readDefaults(inner.directives, defaults, file), file));
    const unused = [...inner.directives.filter(({ name }) => !remoteDirectives.includes(name)), ...inner.blocks];
    dropped.push(
      ...inner.dropped,
      ...unused.map((item) => ({
        line: item.line,
        directive: shownName(item.name),
        reason: 'only the server itself is taken from a <connection> block',
      })),
    );
  }
  if (remotes.length === 0 || remotes.length > maxRemotes) {
    const problem =
      remotes.length === 0 ? 'the file names no server; ask for the whole file' : 'it names too many servers';
    throw new ProfileError('profile-invalid', { file, line: null, directive: 'remote' }, problem);
  }
  return { remotes, dropped };
}

export const remoteDirectives = ['remote', 'proto', 'port', 'rport'];

function readDefaults(directives: readonly Directive[], outer: Defaults, file: string): Defaults {
  const last = (...names: string[]): Directive | undefined => directives.findLast(({ name }) => names.includes(name));
  const proto = last('proto');
  const port = last('port', 'rport');
  return {
    transport: proto ? readTransport(proto, proto.args[0], file) : outer.transport,
    port: port ? readPort(port, port.args[0], file) : outer.port,
  };
}

function remotesIn(directives: readonly Directive[], defaults: Defaults, file: string): OpenVpnRemote[] {
  return directives
    .filter(({ name }) => name === 'remote')
    .map((directive) => {
      const [host, port, proto] = directive.args;
      const parsed = host === undefined ? undefined : parseHost(host);
      if (parsed === undefined) throw refuse(directive, file, 'this is neither an IP address nor a host name');
      return {
        host: parsed,
        port: port === undefined ? defaults.port : readPort(directive, port, file),
        transport: proto === undefined ? defaults.transport : readTransport(directive, proto, file),
      };
    });
}

function readPort(directive: Directive, text: string | undefined, file: string): number {
  const port = parsePort(text ?? '');
  if (port === undefined) throw refuse(directive, file, 'the port is not a number from 1 to 65535');
  return port;
}

function readTransport(directive: Directive, text: string | undefined, file: string): OpenVpnRemote['transport'] {
  const transport = text !== undefined && Object.hasOwn(transports, text) ? transports[text] : undefined;
  if (transport === undefined) throw refuse(directive, file, 'a client speaks "udp" or "tcp", this is neither');
  return transport;
}

function refuse({ line, name }: Directive, file: string, problem: string): ProfileError {
  return new ProfileError('profile-invalid', { file, line, directive: name }, problem);
}
