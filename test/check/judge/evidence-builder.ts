import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogueSchema, type Service, type Target } from '../../../electron/check/catalogue.ts';
import {
  emptyControls,
  type Evidence,
  type NameEvidence,
  type ReachProbe,
  type TargetEvidence,
} from '../../../electron/check/gather/evidence.ts';
import { judge, type Verdicts } from '../../../electron/check/judge/judge.ts';
import type { EarlierReport } from '../../../electron/check/judge/lifted.ts';
import type { ServedCertificate } from '../../../electron/check/net/net.ts';
import type { DnsOutcome, DnsProbe, Failed, TlsProbe } from '../../../electron/check/probe.ts';
import type { Operation, ServiceReport } from '../../../electron/check/report.ts';

const catalogueFile = fileURLToPath(new URL('../../../resources/catalogue/catalogue.json', import.meta.url));
export const catalogue = catalogueSchema.parse(JSON.parse(readFileSync(catalogueFile, 'utf8')));

export const good: ServedCertificate = {
  failure: null,
  fingerprint: 'aa',
  issuer: 'CN=Public CA',
  subject: 'CN=x',
  names: [],
};
export const forged: ServedCertificate = { ...good, failure: 'ssl_unknown_authority', issuer: 'CN=Filter CA' };

export const failed = (operation: Operation, failure: string, bytesRead = 0): Failed => ({
  kind: 'failed',
  operation,
  failure,
  bytesRead,
});
export const timeout = 'generic_timeout_error';
export const handshake = (failure: string): Failed => failed('tls_handshake', failure);
export const works = { kind: 'ok', certificate: good } as const;
export const silent = { kind: 'silent', sent: 4, waitedMs: 3000 } as const;

let ids = 0;
const base = (service: string | null, target: string, address: string, port: number, startMs = 0) => {
  ids += 1;
  return { id: `p${ids}`, service, target, address, port, startMs, durationMs: 40 };
};

/** Public-looking, and always the same for the same host. */
function addressOf(target: { host: string | null; addresses: readonly string[] }): string {
  const [known] = target.addresses.filter((address) => !address.includes(':'));
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(target.host ?? '');
  const sum = bytes.reduce((total, byte) => (total * 31 + byte) % 65000, 7);
  return `23.250.${sum >> 8}.${sum & 255}`;
}

export const dns = (
  host: string,
  outcome: DnsOutcome,
  resolver: DnsProbe['resolver'] = 'system',
  at = '10.20.0.1',
): DnsProbe => ({
  kind: 'dns',
  ...base(null, host, at, 53),
  resolver,
  outcome,
  second: null,
});

export const tls = (host: string, address: string, outcome: TlsProbe['outcome'], startMs = 0): TlsProbe => ({
  kind: 'tls',
  ...base(null, host, address, 443, startMs),
  serverName: host,
  outcome,
});

function nameOf(target: Target): NameEvidence | null {
  if (target.host === null) return null;
  return {
    host: target.host,
    system: [dns(target.host, { kind: 'answered', addresses: [addressOf(target)] })],
    public: [],
    doh: [],
  };
}

function working(service: Service, target: Target): ReachProbe {
  const where = base(service.id, target.host ?? addressOf(target), addressOf(target), target.ports[0] ?? 0);
  switch (target.kind) {
    case 'tcp':
      return { kind: 'tcp', ...where, outcome: { kind: 'connected', rttMs: 40 } };
    case 'tls':
      return { kind: 'tls', ...where, serverName: target.host ?? '', outcome: { kind: 'ok', certificate: good } };
    case 'http':
      return { kind: 'http', ...where, path: target.path, outcome: page({ status: 404 }) };
    case 'stun':
      return {
        kind: 'stun',
        ...where,
        style: 'modern',
        outcome: { kind: 'answered', rttMs: 40, sent: 1, mapped: null },
      };
    case 'turn':
      return { kind: 'turn', ...where, outcome: { kind: 'unauthorized', rttMs: 40, realm: target.realm } };
  }
}

interface PageParts {
  status: number;
  redirectHost?: string | null;
  bodyHash?: string;
  bodyBytes?: number;
  bodyAsKnown?: boolean | null;
}
export const page = (parts: PageParts) => ({
  kind: 'answered' as const,
  redirectHost: null,
  title: null,
  bodyHash: 'own',
  bodyBytes: 0,
  bodyAsKnown: null,
  ...parts,
});

/** An open network, in which everything answers as on the day of the catalogue. */
export class World {
  readonly evidence: Evidence;

  constructor() {
    const { controls } = catalogue;
    const answered = { kind: 'answered', rttMs: 40, sent: 1 } as const;
    const neutral = controls.tls.map((control) => ({ ...control, address: addressOf(control) }));
    this.evidence = {
      complete: true,
      calls: [],
      controls: {
        ...emptyControls(),
        tls: [0, 9000].flatMap((startMs) =>
          neutral.map(({ host, address }) => tls(host, address, { kind: 'ok', certificate: good }, startMs)),
        ),
        systemDns: neutral.map(({ host, address }) => dns(host, { kind: 'answered', addresses: [address] })),
        publicDns: controls.dns.map(({ address }) =>
          dns(neutral[0]?.host ?? '', { kind: 'answered', addresses: ['208.80.154.224'] }, 'public', address),
        ),
        doh: controls.doh.map(({ host, addresses }) => ({
          kind: 'doh',
          ...base(null, neutral[0]?.host ?? '', addresses[0] ?? '', 443),
          resolver: host,
          outcome: { kind: 'answered', addresses: ['208.80.154.224'] },
        })),
        stun: controls.stun.flatMap((control) =>
          [control.port, ...control.altPorts].map((port) => ({
            kind: 'stun' as const,
            ...base(null, control.host, addressOf(control), port),
            style: 'modern' as const,
            outcome: { ...answered, mapped: null },
          })),
        ),
        ntp: controls.ntp.map((control) => ({
          kind: 'udp',
          ...base(null, control.host, addressOf(control), 123),
          outcome: answered,
        })),
        portal: controls.portal.map((control) => ({
          control,
          probe: {
            kind: 'http',
            ...base(null, control.host, addressOf(control), 80),
            path: control.path,
            outcome: page({ status: control.status, bodyAsKnown: control.body === null ? null : true }),
          },
        })),
      },
      services: catalogue.services.map((service) => {
        const gather = (target: Target): TargetEvidence => ({
          target,
          name: nameOf(target),
          attempts: [working(service, target)],
          trusted: [],
          otherName: [],
          otherAddress: [],
          complete: true,
        });
        return { service, messages: service.messages.map(gather), calls: service.calls.map(gather) };
      }),
      flows: [],
      loss: 0,
    };
  }

  /** Evidence of targets, of all services or the given ones; `part` messages, calls or both. */
  targets(choose: (target: Target, service: Service) => boolean): TargetEvidence[] {
    return this.evidence.services.flatMap(({ service, messages, calls }) =>
      [...messages, ...calls].filter(({ target }) => choose(target, service)),
    );
  }

  /** Every try of these targets ends like this, twice or as often as given; `pairs` is what the paired probes saw. */
  fail(targets: readonly TargetEvidence[], outcome: ReachProbe['outcome'], tries = 2): this {
    for (const evidence of targets) evidence.attempts = repeat(evidence, outcome, tries);
    return this;
  }

  /** The pairs of failing TLS targets: what the same address said to a neutral name, and a neutral address to this name. */
  pair(targets: readonly TargetEvidence[], otherName: TlsProbe['outcome'], otherAddress: TlsProbe['outcome']): this {
    for (const evidence of targets) {
      const { target } = evidence;
      evidence.otherName = [tls('www.wikipedia.org', addressOf(target), otherName, 20)];
      evidence.otherAddress = [tls(target.host ?? '', '208.80.154.224', otherAddress, 20)];
    }
    return this;
  }

  /** The system's resolver lies or is mute about these targets; trusted DNS and the service behind it are fine. */
  lie(targets: readonly TargetEvidence[], outcome: DnsOutcome, others: DnsOutcome | 'honest' = 'honest'): this {
    for (const evidence of targets) {
      const { target, name } = evidence;
      if (!name) continue;
      const truth: DnsOutcome = { kind: 'answered', addresses: [addressOf(target)] };
      name.system = [dns(name.host, outcome), dns(name.host, outcome)];
      name.public = ['8.8.8.8', '9.9.9.9'].map((at) =>
        dns(name.host, others === 'honest' ? truth : others, 'public', at),
      );
      name.doh = [
        { kind: 'doh', ...base(null, name.host, '1.1.1.1', 443), resolver: 'cloudflare-dns.com', outcome: truth },
      ];
      evidence.trusted = evidence.attempts;
      evidence.attempts = [];
    }
    return this;
  }

  judge(earlier?: EarlierReport): Verdicts & { row: (id: string) => ServiceReport } {
    const verdicts = judge(this.evidence, earlier);
    return {
      ...verdicts,
      row: (id) => {
        const found = verdicts.services.find((service) => service.id === id);
        if (!found) throw new Error(`no service ${id}`);
        return found;
      },
    };
  }
}

function repeat(evidence: TargetEvidence, outcome: ReachProbe['outcome'], tries: number): ReachProbe[] {
  const [model] = evidence.attempts;
  if (!model) return [];
  return Array.from({ length: tries }, (_, index) => {
    ids += 1;
    // The outcome is chosen by the test to fit the kind of the target.
    return { ...model, id: `p${ids}`, startMs: index * 100, outcome } as ReachProbe;
  });
}

export const isKind =
  (...kinds: Target['kind'][]) =>
  (target: Target): boolean =>
    kinds.includes(target.kind);
export const of =
  (id: string, ...targetIds: string[]) =>
  (target: Target, service: Service): boolean =>
    service.id === id && (targetIds.length === 0 || targetIds.includes(target.id));

export const media = isKind('stun', 'turn');

export function words({ messages, calls }: ServiceReport): string {
  return `${messages.verdict}/${calls.verdict}`;
}
