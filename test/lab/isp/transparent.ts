import { ispPorts } from '../addresses.ts';
import { findProgram } from '../system/programs.ts';

/**
 * Perl program that opens the proxy's listening socket as file descriptor 3 and then becomes the program named in its
 * arguments: Node cannot set IP_TRANSPARENT (ip(7), option 19) and IPV6_TRANSPARENT (75), without which the kernel
 * does not hand over connections to foreign addresses. One socket serves both families (IPV6_V6ONLY, 26, off).
 */
const script = String.raw`
use strict; use Socket qw(:all); use Fcntl; require POSIX;
my $port = shift @ARGV;
socket(my $listener, AF_INET6, SOCK_STREAM, 0) or die "socket: $!";
setsockopt($listener, SOL_SOCKET, SO_REUSEADDR, 1);
setsockopt($listener, IPPROTO_IPV6, 26, 0) or die "IPV6_V6ONLY: $!";
setsockopt($listener, IPPROTO_IP, 19, 1) or die "IP_TRANSPARENT: $!";
setsockopt($listener, IPPROTO_IPV6, 75, 1) or die "IPV6_TRANSPARENT: $!";
bind($listener, pack_sockaddr_in6($port, IN6ADDR_ANY)) or die "bind: $!";
listen($listener, 512) or die "listen: $!";
POSIX::dup2(fileno($listener), 3) if fileno($listener) != 3;
open(my $third, "+<&=", 3) or die "dup: $!";
fcntl($third, F_SETFD, 0);
exec @ARGV or die "exec: $!";
`;

export const transparentWrapper = (): string[] => [findProgram('perl'), '-e', script, String(ispPorts.filter)];
