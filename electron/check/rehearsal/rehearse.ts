import { isIP } from 'node:net';
import { ofFamily, type Family } from '../addresses.ts';
import type { CallProbe } from '../probe.ts';
import { probeDns } from '../probes/dns.ts';
import { startRecording } from '../probes/record.ts';
import { createGate, type Session } from '../session.ts';
import { rehearseWay } from './call.ts';
import type { Relay, RelayWay } from './relay.ts';

/** By this name the session's trust store knows the relay's own authority; no name of the catalogue can be like it. */
export const relayAuthority = 'relay:own';

/** At most so many ways carry sound at once, 53 kbit/s up and down for each end: less than one video call. */
const talkingMax = 4;

/** Calls by all ways to the relay at once. Rejects with the signal's reason. */
export async function rehearse(session: Session, relay: Relay, family: Family, seen: CallProbe[]): Promise<void> {
  const { signal } = session;
  const talking = createGate(talkingMax);
  const addresses = new Map<string, Promise<string | undefined>>();
  const addressOf = (host: string): Promise<string | undefined> => {
    const known = addresses.get(host) ?? lookUp(session, host, family);
    addresses.set(host, known);
    return known;
  };
  const run = async (way: RelayWay): Promise<void> => {
    const address = await addressOf(way.host);
    const ca = relay.ca === null ? null : relayAuthority;
    seen.push(
      address === undefined
        ? withoutAddress(session, way)
        : await rehearseWay(session, { ...way, address, ca }, relay, talking, signal),
    );
  };
  await Promise.all(relay.ways.map(run));
  // In the order of the relay's own list, whichever was known first.
  const placeOf = ({ transport, target, port }: CallProbe): number =>
    relay.ways.findIndex((way) => way.transport === transport && way.host === target && way.port === port);
  seen.sort((one, other) => placeOf(one) - placeOf(other));
}

/** The name is the user's secret: the questions are not recorded. Undefined when the system's resolvers do not tell. */
async function lookUp(session: Session, host: string, family: Family): Promise<string | undefined> {
  if (isIP(host) !== 0) return host;
  const nothing = (): void => undefined;
  const quiet: Session = { ...session, record: nothing, plan: nothing };
  const { signal, net } = session;
  for (const resolver of net.resolvers().slice(0, 2)) {
    const type = family === 4 ? 'A' : 'AAAA';
    const aim = { service: null, target: host, ...resolver, type, resolver: 'system', signal } as const;
    const running = probeDns(quiet, aim);
    running.probe.catch(nothing);
    const outcome = await running.first;
    if (outcome.kind === 'answered') return ofFamily(outcome.addresses, family)[0];
  }
  return undefined;
}

function withoutAddress(session: Session, { host, port, transport }: RelayWay): CallProbe {
  const { signal } = session;
  const recording = startRecording(session, { service: null, target: host, address: host, port, signal });
  const failure = 'dns_no_answer';
  return recording.finish((draft) => ({
    ...{ kind: 'turn-call', ...draft, transport },
    outcome: { kind: 'failed', operation: 'resolve', failure, bytesRead: 0 },
  }));
}
