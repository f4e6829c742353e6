import { addresses } from './addresses.ts';
import { run, runToEnd } from './system/programs.ts';

/** client - isp - world - vpn in a row; the injector hangs off the isp and sees copies of what passes. */
const namespaces = ['client', 'isp', 'world', 'vpn', 'injector'] as const;
export type Namespace = (typeof namespaces)[number];

const a = addresses;

// Both ends of a pair need different interface indexes, else the kernel takes its carrier for "not urgent" and delays it by 1 s.
const links = `
link add eth0 index 12 netns client type veth peer name lan index 21 netns isp
link add wan index 22 netns isp type veth peer name p-isp index 31 netns world
link add eth0 index 42 netns vpn type veth peer name p-vpn index 32 netns world
link add inj index 23 netns isp type veth peer name eth0 index 52 netns injector
`;

const setUp: Record<Namespace, string> = {
  client: `
link set lo up
addr add ${a.client.v4}/24 dev eth0
addr add ${a.client.v6}/64 dev eth0 nodad
link set eth0 up
route add default via ${a.ispLan.v4}
route add default via ${a.ispLan.v6}
`,
  isp: `
link set lo up
addr add ${a.ispLan.v4}/24 dev lan
addr add ${a.ispLan.v6}/64 dev lan nodad
addr add ${a.ispWan.v4}/24 dev wan
addr add ${a.ispWan.v6}/64 dev wan nodad
addr add ${a.injectorIsp}/24 dev inj
link set lan up
link set wan up
link set inj up
route add default via ${a.world.v4}
route add default via ${a.world.v6}
rule add fwmark 0x1 lookup 100
route add local 0.0.0.0/0 dev lo table 100
route add local ::/0 dev lo table 100
`,
  // What is not given to a host below falls into the black hole: an unused address of the Internet is silent.
  world: `
link set lo up
link add ix type bridge
link set p-isp master ix
link set p-vpn master ix
addr add ${a.world.v4}/24 dev ix
addr add ${a.world.v6}/64 dev ix nodad
link set ix up
link set p-isp up
link set p-vpn up
route add blackhole default
route add blackhole ::/0
route add 2001:db8:20::/64 via ${a.ispWan.v6}
route add 2001:db8:66::/64 via ${a.vpn.v6}
`,
  vpn: `
link set lo up
addr add ${a.vpn.v4}/24 dev eth0
addr add ${a.relay}/24 dev eth0
addr add ${a.vpn.v6}/64 dev eth0 nodad
link set eth0 up
route add default via ${a.world.v4}
route add default via ${a.world.v6}
route add 2001:db8:20::/64 via ${a.ispWan.v6}
`,
  injector: `
link set lo up
addr add ${a.injector}/24 dev eth0
link set eth0 up
route add default via ${a.injectorIsp}
`,
};

const noDuplicateDetection = [
  'net/ipv6/conf/all/accept_dad=0',
  'net/ipv6/conf/default/accept_dad=0',
  'net/ipv6/conf/all/dad_transmits=0',
  'net/ipv6/conf/default/dad_transmits=0',
];
const router = [
  'net/ipv4/ip_forward=1',
  'net/ipv6/conf/all/forwarding=1',
  // The defaults limit ICMP errors, and a router that now and then says nothing is another network.
  'net/ipv4/icmp_ratelimit=0',
  'net/ipv6/icmp/ratelimit=0',
];
const sysctls: Record<Namespace, string[]> = {
  client: noDuplicateDetection,
  isp: [...noDuplicateDetection, ...router, 'net/netfilter/nf_conntrack_acct=1'],
  world: [
    ...noDuplicateDetection,
    'net/ipv6/ip_nonlocal_bind=1',
    // Servers of VPN providers are passed on to the VPN host.
    'net/ipv4/ip_forward=1',
    // Bridged frames would pass the world's firewall hooks as well.
    'net/bridge/bridge-nf-call-iptables=0',
    'net/bridge/bridge-nf-call-ip6tables=0',
  ],
  vpn: [...noDuplicateDetection, ...router],
  injector: noDuplicateDetection,
};

/** Settings without which the lab still is what it says; some kernels keep them from a network namespace. */
const optionalSettings = /ratelimit|bridge/;

/** Where something lives behind the ISP. */
export interface WorldAddresses {
  v4: readonly string[];
  v6: readonly string[];
}

/** Creates the namespaces, cables, addresses and routes. Throws LabError `program-failed` when the kernel refuses. */
export async function buildTopology(world: WorldAddresses): Promise<void> {
  await run('ip', ['-batch', '-'], { input: namespaces.map((name) => `netns add ${name}\n`).join('') });
  await Promise.all(namespaces.map(applySettings)); // before the cables: IPv6 takes its defaults when a device appears
  await run('ip', ['-batch', '-'], { input: links });
  const local = [
    ...world.v4.map((address) => `route add local ${address}/32 dev lo\n`),
    ...world.v6.map((address) => `route add local ${address}/128 dev lo\n`),
  ].join('');
  await Promise.all(
    namespaces.map((name) =>
      run('ip', ['-n', name, '-batch', '-'], { input: setUp[name] + (name === 'world' ? local : '') }),
    ),
  );
  await run('ip', ['-n', 'isp', '-6', 'rule', 'add', 'fwmark', '0x1', 'lookup', '100']);
}

async function applySettings(name: Namespace): Promise<void> {
  const script = sysctls[name]
    .map((setting) => {
      const [key = '', value = ''] = setting.split('=');
      const write = `echo ${value} >/proc/sys/${key}`;
      return optionalSettings.test(key) ? `{ ${write}; } 2>/dev/null || :` : write;
    })
    .join('\n');
  await run('ip', ['netns', 'exec', name, 'sh', '-ec', script]);
}

/** Ids of all processes whose network is one of the lab's. */
export async function processesInside(): Promise<number[]> {
  const lists = await Promise.all(namespaces.map((name) => runToEnd(['ip', 'netns', 'pids', name])));
  return lists.flatMap(({ stdout }) =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map(Number),
  );
}

/** Removes the namespaces that still stand. Processes in them must have ended, or the kernel keeps their networks. */
export async function removeTopology(): Promise<void> {
  for (const name of namespaces) await runToEnd(['ip', 'netns', 'del', name]);
}
