import type { Service, Target } from '../catalogue.ts';
import { probeTls } from '../probes/tls.ts';
import type { Session } from '../session.ts';
import type { TargetEvidence } from './evidence.ts';

/** A neutral site: its name is shown to the service's address, the service's name to its address. */
export interface PairPlan {
  /** One that works here; null when none does. */
  neutral(): Promise<{ host: string; address: string } | null>;
}

/**
 * The two probes that differ from a failing TLS target in one thing (rules S1 to S4): same address and another name;
 * same name and another address. Both say by whose presence the failure comes.
 */
export async function pairProbes(
  session: Session,
  plan: PairPlan,
  service: Service,
  target: Target,
  address: string,
  evidence: TargetEvidence,
): Promise<void> {
  if (target.kind !== 'tls' || target.host === null) return;
  const neutral = await plan.neutral();
  if (!neutral) return;
  const common = { service: service.id, port: target.ports[0] ?? 443, signal: session.signal };
  const { host } = target;
  const [otherName, otherAddress] = await Promise.all([
    probeTls(session, { ...common, target: host, address, serverName: neutral.host, ca: null }),
    probeTls(session, { ...common, target: neutral.host, address: neutral.address, serverName: host, ca: target.ca }),
  ]);
  evidence.otherName.push(otherName);
  evidence.otherAddress.push(otherAddress);
}
