import type { Endpoint, UdpHandlers, UdpSocket } from '../../electron/check/net/net.ts';
import { answerNtp } from '../lab/world/ntp.ts';
import { answerStun } from '../lab/world/stun.ts';
import { newFlow } from './censor.ts';
import type { Surroundings } from './surroundings.ts';

/** What the client is seen as from outside. */
const mapped = { address: '198.51.100.77', port: 40_000 };

export function openUdp(around: Surroundings, remote: Endpoint, handlers: UdpHandlers): UdpSocket {
  const { clock } = around;
  const flow = newFlow();
  let open = true;
  const deliver = (afterMs: number | undefined, act: () => void): void => {
    if (afterMs !== undefined) clock.after(afterMs, () => open && act());
  };
  return {
    send(bytes) {
      if (around.isProvider(remote)) {
        const reply = around.isDead(remote.address) ? undefined : around.resolvers.provider(bytes);
        if (reply) deliver(around.line.roundTrip('provider'), () => handlers.onMessage(reply));
        return;
      }
      if (remote.address.includes(':') && around.ipv6 === 'broken') return;
      const fate = around.filter.udp(remote, bytes, flow);
      if (fate === 'icmp') deliver(around.line.roundTrip('provider'), () => handlers.onFailure('host_unreachable'));
      if (fate !== 'pass') return;
      const forged = remote.port === 53 ? around.resolvers.forged(bytes) : undefined;
      if (forged) deliver(around.line.roundTrip('provider'), () => handlers.onMessage(forged));
      const reply = answer(around, remote, bytes);
      if (reply) deliver(around.line.roundTrip(), () => handlers.onMessage(reply));
    },
    close() {
      open = false;
    },
  };
}

function answer(around: Surroundings, { address, port }: Endpoint, bytes: Uint8Array): Uint8Array | undefined {
  if (around.isDead(address)) return undefined;
  const roles = around.world.udpRoles(address, port);
  const request = Buffer.from(bytes);
  const stun = answerStun(roles, request, mapped);
  if (stun) return stun;
  for (const { kind } of roles) {
    if (kind === 'ntp') return answerNtp(request, new Date());
    if (kind === 'dns') return around.resolvers.honest(bytes);
  }
  return undefined;
}
