import type { Opening } from './lock/nft-file.ts';
import { TunnelFailure } from './errors.ts';
import type { ProcessIdentity } from './processes.ts';
import type { TunnelResolvers } from './resolv-conf-text.ts';
import type { Attempt, Stage } from './types.ts';

/** One server address that can be tried with one transport. */
export interface Candidate {
  transport: Attempt['transport'];
  address: string;
  port: number;
}

/** The inside of a tunnel whose device is up. */
export interface Inside {
  addresses: string[];
  resolvers: TunnelResolvers;
  /** Whether the tunnel carries IPv6; IPv4 is always carried. */
  ipv6: boolean;
}

export interface OpenOptions {
  device: string;
  candidate: Candidate;
  signal: AbortSignal;
  onStage: (stage: Stage) => Promise<void>;
  /** Called with every program that stays, as soon as it runs. */
  onProgram: (program: ProcessIdentity) => Promise<void>;
}

/** The part that differs between WireGuard and OpenVPN. What it leaves behind is undone by undo.ts, from the journal. */
export interface Carrier {
  kind: 'wireguard' | 'openvpn';
  /** Known before connecting, for the firewall; empty when the server assigns them. */
  ownAddresses: string[];
  /** What goes through the tunnel when only calls do (CIDR); undefined: everything. */
  only?: string[] | undefined;
  /** Tools without which nothing should be changed at all. */
  tools: string[];
  /** In the order they should be tried. Throws `no-endpoint` or `name-not-resolved`. */
  candidates(signal: AbortSignal): Promise<Candidate[]>;
  /** Makes the device, with addresses, and everything the other side needs. Throws AttemptFailure. */
  open(options: OpenOptions): Promise<Inside>;
  /** Returns when the other side has answered. Traffic is being sent meanwhile. Throws AttemptFailure. */
  handshake(options: OpenOptions): Promise<void>;
}

/** This server with this transport did not work; another may. */
export class AttemptFailure extends TunnelFailure {
  readonly result: Attempt['result'];

  constructor(result: Attempt['result'], code: TunnelFailure['code'], message: string) {
    super(code, message);
    this.result = result;
  }
}

export function openingOf({ transport, address, port }: Candidate): Opening {
  return { address, port, protocol: transport === 'openvpn-tcp' ? 'tcp' : 'udp' };
}
