import { listRoutes, routeTo } from '../lock/ip.ts';
import type { Programs } from '../run.ts';
import type { Verified } from '../types.ts';

/** Inside the range of public unicast and never given to anybody (RFC 3849); only its route is asked for. */
const somewhere = '2001:db8::1';

/** Where IPv6 of this computer would go now. `hasIpv6`: whether the system has IPv6 at all. */
export async function observeIpv6(programs: Programs, device: string, hasIpv6: boolean): Promise<Verified['ipv6']> {
  if (!hasIpv6) return 'absent';
  const route = await routeTo(programs, somewhere);
  if (route?.dev === device) return 'tunnelled';
  if (route) return 'leaking';
  const main = await listRoutes(programs, '6', 254);
  return main.some(({ dst, dev }) => dst === 'default' && dev !== device) ? 'blocked' : 'absent';
}
