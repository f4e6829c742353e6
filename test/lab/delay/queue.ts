import { findProgram } from '../system/programs.ts';

/** Number of the netfilter queue between the rule and the helper. */
export const lineQueue = 5;

/**
 * Perl program that opens a netlink socket for netfilter (protocol 12) as file descriptor 3 and then becomes the
 * program named in its arguments: Node has no netlink. NETLINK_CAP_ACK and the like are not needed; option 5 of
 * SOL_NETLINK (270), NETLINK_NO_ENOBUFS, keeps a full buffer from being an error.
 */
const script = String.raw`
use strict; use Socket; use Fcntl; require POSIX;
socket(my $netlink, 16, SOCK_RAW, 12) or die "netlink: $!";
setsockopt($netlink, 270, 5, pack('i', 1)) or die "NETLINK_NO_ENOBUFS: $!";
POSIX::dup2(fileno($netlink), 3) if fileno($netlink) != 3;
open(my $third, "+<&=", 3) or die "dup: $!";
fcntl($third, F_SETFD, 0);
exec @ARGV or die "exec: $!";
`;

export const queueWrapper = (): string[] => [findProgram('perl'), '-e', script];

/** iptables-restore file: all the client's packets through the queue, both ways, or none. Gone helper: packets dropped. */
export const lineRules = (queued: boolean): string =>
  [
    '*mangle',
    ':PREROUTING ACCEPT [0:0]',
    ':POSTROUTING ACCEPT [0:0]',
    ...(queued
      ? [
          `-A PREROUTING -i lan -j NFQUEUE --queue-num ${lineQueue}`,
          `-A POSTROUTING -o lan -j NFQUEUE --queue-num ${lineQueue}`,
        ]
      : []),
    'COMMIT',
    '',
  ].join('\n');
