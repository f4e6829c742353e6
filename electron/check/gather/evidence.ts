import type { Controls, Service, Target } from '../catalogue.ts';
import type {
  CallProbe,
  DnsProbe,
  DohProbe,
  FlowProbe,
  GoodputProbe,
  HttpProbe,
  StunProbe,
  TcpProbe,
  TlsProbe,
  TurnProbe,
  UdpProbe,
} from '../probe.ts';

/** What was gathered, in the order of judging: controls, then each service's targets. The judgement reads only this. */
export interface Evidence {
  controls: ControlEvidence;
  services: ServiceEvidence[];
  /** Flows to neutral servers and to services' own that had answered before. */
  flows: FlowProbe[];
  /** Calls to the user's own relay; empty where none was asked for. */
  calls: CallProbe[];
  /** Pages under services' names and neutral ones, where a service's handshakes were slow. */
  goodput: GoodputProbe[];
  /** Share of round trips that the line loses by itself, 0 to 1. */
  loss: number;
  /** False when the check was ended early (time-out): what is missing was not run. */
  complete: boolean;
}

export interface ControlEvidence {
  /** Neutral sites under their own name. Several rounds: before, and again after failures. */
  tls: TlsProbe[];
  /** Neutral names at the system's resolver. */
  systemDns: DnsProbe[];
  /** A neutral name at public resolvers over UDP. */
  publicDns: DnsProbe[];
  /** A neutral name at each DoH server. */
  doh: DohProbe[];
  stun: StunProbe[];
  /** Without the magic cookie, to servers that answer it. */
  classic: StunProbe[];
  ntp: UdpProbe[];
  portal: PortalEvidence[];
  /** Connections over IPv6 to neutral sites. */
  ipv6: TcpProbe[];
}

interface PortalEvidence {
  control: Controls['portal'][number];
  probe: HttpProbe;
}

export interface ServiceEvidence {
  service: Service;
  messages: TargetEvidence[];
  calls: TargetEvidence[];
}

export type ReachProbe = TcpProbe | TlsProbe | HttpProbe | StunProbe | TurnProbe;

export interface TargetEvidence {
  target: Target;
  name: NameEvidence | null;
  /** Tries at addresses that the system's resolver gave, or that the catalogue gives for a target without a name. */
  attempts: ReachProbe[];
  /** Tries at the trusted addresses, where the system's answer was none or other ones. */
  trusted: ReachProbe[];
  /** Same address, name of a neutral site. */
  otherName: TlsProbe[];
  /** Same name, address of a neutral site. */
  otherAddress: TlsProbe[];
  /** All that was planned has been done. */
  complete: boolean;
}

export interface NameEvidence {
  host: string;
  system: DnsProbe[];
  public: DnsProbe[];
  doh: DohProbe[];
}

export function emptyControls(): ControlEvidence {
  return { tls: [], systemDns: [], publicDns: [], doh: [], stun: [], classic: [], ntp: [], portal: [], ipv6: [] };
}
