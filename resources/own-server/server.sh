#!/bin/sh
# A VPN server of your own, for calls. Made by Sawt.
#
# Run it as root on a fresh Debian 12 or 13, or Ubuntu 22.04 or 24.04:
#
#     sh server.sh              sets the server up; may be run again at any time
#     sh server.sh uninstall    takes away what it has set up; the packages stay
#
# It installs packages of the system and writes to these places only:
#
#     /etc/sawt-server/                       keys and settings, readable by root alone
#     /etc/systemd/system/sawt-*.service      the services: firewall, WireGuard, OpenVPN, relay
#     /etc/sysctl.d/90-sawt-server.conf       forwarding
#     /etc/apt/apt.conf.d/60sawt-server       security updates, with a restart at 04:00 when one needs it
#
# It touches no user, no password and no setting of SSH; the ports of SSH stay open.
#
# KEEP IT SECRET: it holds the server's own keys. When it has run, delete it from the server.
set -eu
umask 077
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
PATH=$PATH:/usr/sbin:/sbin

#:settings:#

settings=/etc/sawt-server
units=/etc/systemd/system
forwarding=/etc/sysctl.d/90-sawt-server.conf
updates=/etc/apt/apt.conf.d/60sawt-server
services='sawt-firewall sawt-wireguard sawt-openvpn sawt-relay'

say() {
  printf '%s\n' "$*"
}

fail() {
  printf 'server.sh: %s\n' "$*" >&2
  exit 1
}

# Writes standard input to a file: the whole of it, or the old file stays.
put() {
  cat >"$1.new"
  mv "$1.new" "$1"
}

# --- before anything is changed -------------------------------------------------------------------------------------

check_system() {
  [ "$(id -u)" = 0 ] || fail 'run it as root: sudo sh server.sh'
  # shellcheck source=/dev/null
  system=$(. /etc/os-release && printf '%s %s' "${ID-}" "${VERSION_ID-}")
  case $system in
    'debian 12' | 'debian 13' | 'ubuntu 22.04' | 'ubuntu 24.04') ;;
    *) fail "this is \"$system\"; it is made for Debian 12 and 13 and Ubuntu 22.04 and 24.04. Nothing was changed." ;;
  esac
  command -v systemctl >/dev/null || fail 'this system is not run by systemd. Nothing was changed.'
  [ -c /dev/net/tun ] || fail 'there is no /dev/net/tun; ask the host to switch on TUN/TAP. Nothing was changed.'
  for other in ufw firewalld; do
    if systemctl is-active --quiet "$other"; then
      fail "another firewall runs here ($other), and two would get into each other's way. Nothing was changed."
    fi
  done
}

# --- packages -------------------------------------------------------------------------------------------------------

packages() {
  say nftables wireguard-tools coturn unattended-upgrades
  [ -z "$openvpn_port" ] || say openvpn
  # Some hosts share one kernel among their customers, and it may lack WireGuard: then a program stands in.
  if [ -n "$wireguard_port" ] && ! kernel_has_wireguard; then say wireguard-go; fi
}

kernel_has_wireguard() {
  modprobe -q wireguard 2>/dev/null || :
  ip link add dev sawt-try type wireguard 2>/dev/null || return 1
  ip link del dev sawt-try
}

install_packages() {
  say 'Installing packages ...'
  # A fresh server is often still busy with its own first update.
  apt-get -qq -o DPkg::Lock::Timeout=300 update
  # shellcheck disable=SC2046 # a word each
  apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $(packages)
  # The packages' own services are not used: the relay's would answer everybody, and hold our port.
  systemctl disable --now --quiet coturn 2>/dev/null || :
}

set_updates() {
  put "$updates" <<'END'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-Time "04:00";
END
  chmod 644 "$updates"
}

# --- forwarding and firewall ----------------------------------------------------------------------------------------

forwarding_keys='net.ipv4.ip_forward net.ipv6.conf.all.forwarding'

set_forwarding() {
  # What was there before, for uninstall; only from the first run.
  if [ ! -e "$settings/before.conf" ]; then
    for key in $forwarding_keys; do
      if value=$(sysctl -n "$key" 2>/dev/null); then say "$key = $value"; fi
    done | put "$settings/before.conf"
  fi
  {
    for key in $forwarding_keys; do
      if sysctl -n "$key" >/dev/null 2>&1; then say "$key = 1"; fi
    done
    # A computer that forwards IPv6 forgets where its own router is, unless it is told to listen on.
    device=$(ip -6 route show default proto ra 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p' | head -n 1)
    if [ -n "$device" ]; then say "net/ipv6/conf/$device/accept_ra = 2"; fi
  } | put "$forwarding"
  chmod 644 "$forwarding"
  sysctl -q -p "$forwarding"
}

# 22, what the SSH server says, and the port of this very session: nobody is to lock himself out.
ssh_ports() {
  {
    say 22
    sshd -T 2>/dev/null | sed -n 's/^port //p'
    say "${SSH_CONNECTION-}" | awk '{ print $4 }'
  } | grep -E '^[0-9]+$' | sort -un | paste -sd , -
}

open_ports() {
  [ -z "$wireguard_port" ] || say "    udp dport $wireguard_port accept"
  [ -z "$openvpn_port" ] || say "    tcp dport $openvpn_port accept"
  say "    meta l4proto { tcp, udp } th dport $relay_port accept"
  say "    tcp dport $relay_tls_port accept"
  say "    udp dport $relay_range accept"
}

set_firewall() {
  put "$settings/firewall.nft" <<END
table inet sawt_server {
}
delete table inet sawt_server
table inet sawt_server {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iifname "lo" accept
    meta l4proto { icmp, ipv6-icmp } accept
    udp sport 67 udp dport 68 accept
    ip6 saddr fe80::/10 udp dport 546 accept
    tcp dport { $(ssh_ports) } accept
$(open_ports)
  }
  # More ports of the relay, for packets that a filter on the way may remember a port by.
  chain arrive {
    type nat hook prerouting priority dstnat; policy accept;
    udp dport $relay_spare redirect to :$relay_port
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    tcp flags syn tcp option maxseg size set rt mtu
    ct state established,related accept
    iifname { "sawt-wg", "sawt-ov" } jump outward
  }
  # To the Internet and nowhere else: not to one another, not into the host's own networks, and no mail.
  chain outward {
    ip daddr { 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, 224.0.0.0/3 } reject
    ip6 daddr { ::/8, fc00::/7, fe80::/10, ff00::/8 } reject
    tcp dport 25 reject
    accept
  }
  chain leave {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr { $tunnel_networks4 } masquerade
    ip6 saddr { $tunnel_networks6 } masquerade
  }
}
END
  put "$units/sawt-firewall.service" <<'END'
[Unit]
Description=Firewall of the VPN server
# Before there is a network, as nftables.service itself; behind that one, since it may begin by removing all rules.
DefaultDependencies=no
Wants=network-pre.target
Before=network-pre.target shutdown.target
After=nftables.service
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/sawt-server/firewall.nft

[Install]
WantedBy=sysinit.target
END
  start sawt-firewall
}

# --- services -------------------------------------------------------------------------------------------------------

start() {
  chmod 644 "$units/$1.service"
  systemctl daemon-reload
  systemctl enable --quiet "$1"
  systemctl restart "$1"
}

stop() {
  [ -e "$units/$1.service" ] || return 0
  systemctl disable --now --quiet "$1" || :
  rm -f "$units/$1.service"
}

set_wireguard() {
  if [ -z "$wireguard_port" ]; then
    stop sawt-wireguard
    return
  fi
  say 'Setting up WireGuard ...'
  {
    say '[Interface]'
    say "Address = $wireguard_addresses"
    say "ListenPort = $wireguard_port"
    say "PrivateKey = $wireguard_key"
    say 'MTU = 1420'
    wireguard_people
  } | put "$settings/sawt-wg.conf"
  put "$units/sawt-wireguard.service" <<'END'
[Unit]
Description=WireGuard of the VPN server
Wants=network-online.target
After=network-online.target sawt-firewall.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/wg-quick up /etc/sawt-server/sawt-wg.conf
ExecStop=/usr/bin/wg-quick down /etc/sawt-server/sawt-wg.conf

[Install]
WantedBy=multi-user.target
END
  start sawt-wireguard
}

set_openvpn() {
  if [ -z "$openvpn_port" ]; then
    stop sawt-openvpn
    return
  fi
  say 'Setting up OpenVPN ...'
  openvpn_authority | put "$settings/openvpn-ca.crt"
  openvpn_certificate | put "$settings/openvpn.crt"
  openvpn_key | put "$settings/openvpn.key"
  openvpn_tls_crypt | put "$settings/openvpn-tls-crypt.key"
  # Who has no file here is turned away, also with a good certificate.
  rm -rf "$settings/people"
  mkdir "$settings/people"
  for name in $openvpn_people; do : >"$settings/people/$name"; done
  put "$settings/openvpn.conf" <<END
dev sawt-ov
dev-type tun
proto tcp-server
port $openvpn_port
topology subnet
server $openvpn_network4
server-ipv6 $openvpn_network6
ca $settings/openvpn-ca.crt
cert $settings/openvpn.crt
key $settings/openvpn.key
tls-crypt $settings/openvpn-tls-crypt.key
dh none
tls-version-min 1.2
remote-cert-tls client
data-ciphers AES-256-GCM:CHACHA20-POLY1305
client-config-dir $settings/people
ccd-exclusive
push "redirect-gateway def1 ipv6"
$(for resolver in $resolvers; do say "push \"dhcp-option DNS $resolver\""; done)
keepalive 10 60
persist-key
persist-tun
verb 1
END
  put "$units/sawt-openvpn.service" <<'END'
[Unit]
Description=OpenVPN of the VPN server
Wants=network-online.target
After=network-online.target sawt-firewall.service

[Service]
Type=notify
PrivateTmp=true
ExecStart=/usr/sbin/openvpn --suppress-timestamps --config /etc/sawt-server/openvpn.conf
CapabilityBoundingSet=CAP_IPC_LOCK CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_RAW CAP_SETGID CAP_SETUID CAP_DAC_OVERRIDE
LimitNPROC=10
DeviceAllow=/dev/null rw
DeviceAllow=/dev/net/tun rw
ProtectSystem=true
ProtectHome=true
KillMode=process
Restart=on-failure
RestartSec=5s

[Install]
WantedBy=multi-user.target
END
  start sawt-openvpn
}

# --- relay: rehearses calls; it leads from itself to itself, so that a stolen password opens no proxy ---------------

own_address() {
  ip "-$1" route get "$2" 2>/dev/null | sed -n 's/.* src \([^ ]*\).*/\1/p' | head -n 1
}

set_relay() {
  say 'Setting up the relay for call rehearsals ...'
  relay_certificate | put "$settings/relay.crt"
  relay_key | put "$settings/relay.key"
  own4=$(own_address 4 9.9.9.9)
  own6=$(own_address 6 2620:fe::fe)
  {
    for address in $own4 $own6; do
      say "listening-ip=$address"
      say "relay-ip=$address"
      say "allowed-peer-ip=$address"
    done
    # Behind the host's address translation the world knows this server by another address.
    case $public_address in
      '' | "$own4" | "$own6") ;;
      *)
        say "external-ip=$public_address/$own4"
        say "allowed-peer-ip=$public_address"
        ;;
    esac
    cat <<END
denied-peer-ip=0.0.0.0-255.255.255.255
denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
listening-port=$relay_port
tls-listening-port=$relay_tls_port
min-port=${relay_range%-*}
max-port=${relay_range#*-}
fingerprint
lt-cred-mech
realm=$relay_realm
user=$relay_user:$relay_password
cert=$settings/relay.crt
pkey=$settings/relay.key
no-tlsv1
no-tlsv1_1
no-multicast-peers
no-cli
stale-nonce=600
user-quota=16
total-quota=32
max-bps=500000
log-file=stdout
simple-log
END
  } | put "$settings/relay.conf"
  # The relay runs as a user of its own, who reads these three and nothing else.
  chgrp turnserver "$settings" "$settings/relay.conf" "$settings/relay.crt" "$settings/relay.key"
  chmod 710 "$settings"
  chmod 640 "$settings/relay.conf" "$settings/relay.crt" "$settings/relay.key"
  put "$units/sawt-relay.service" <<'END'
[Unit]
Description=Relay of the VPN server, for call rehearsals
Wants=network-online.target
After=network-online.target sawt-firewall.service

[Service]
User=turnserver
Group=turnserver
ExecStart=/usr/bin/turnserver -c /etc/sawt-server/relay.conf --pidfile=
PrivateTmp=true
ProtectSystem=true
ProtectHome=true
Restart=on-failure
RestartSec=5s

[Install]
WantedBy=multi-user.target
END
  start sawt-relay
}

# --- the whole ------------------------------------------------------------------------------------------------------

install_all() {
  check_system
  install_packages
  mkdir -p "$settings"
  chmod 700 "$settings"
  set_forwarding
  set_firewall
  set_wireguard
  set_openvpn
  set_relay
  set_updates
  check_services
  report
}

check_services() {
  sleep 2
  for service in $services; do
    [ -e "$units/$service.service" ] || continue
    systemctl is-active --quiet "$service" ||
      fail "$service does not run; \"journalctl -u $service\" says why. Run this again when it is mended."
  done
}

report() {
  say ''
  say "Done. $endpoint is ready:"
  [ -z "$wireguard_port" ] || say "  WireGuard  UDP port $wireguard_port"
  [ -z "$openvpn_port" ] || say "  OpenVPN    TCP port $openvpn_port"
  say "  Relay      UDP and TCP port $relay_port, TCP port $relay_tls_port, UDP ports $relay_range and $relay_spare"
  say 'If your host has a firewall of its own (a "security group"), open these ports there too.'
  say 'Now delete this file from the server: it holds keys. Sawt keeps what it needs to make it again.'
}

uninstall() {
  check_system
  for service in $services; do stop "$service"; done
  systemctl daemon-reload
  nft delete table inet sawt_server 2>/dev/null || :
  if [ -e "$settings/before.conf" ]; then sysctl -q -p "$settings/before.conf"; fi
  rm -rf "$settings" "$forwarding" "$updates"
  say 'All that this script had set up is gone; the packages that it installed are still there.'
}

case ${1-} in
  '') install_all ;;
  uninstall) uninstall ;;
  *) fail 'it takes "uninstall", or nothing to set the server up' ;;
esac
