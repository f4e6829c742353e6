import { describe, expect, it } from 'vitest';
import { installCommand, packageManager } from '../../electron/tunnel/install-advice.ts';

describe('how to install a tool', () => {
  it.each([
    ['ID=debian', 'wg', 'apt install wireguard-tools'],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"', 'nft', 'apt install nftables'],
    ['ID=fedora', 'ip', 'dnf install iproute'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'openvpn', 'dnf install openvpn'],
    ['ID=manjaro\nID_LIKE=arch', 'wireguard-go', 'pacman -S wireguard-go'],
    ['ID="opensuse-leap"\nID_LIKE="suse opensuse"', 'ip', 'zypper install iproute2'],
    ['ID=alpine', 'wg', 'apk add wireguard-tools'],
  ])('%j, %s', (osRelease, tool, command) => expect(installCommand(tool, osRelease)).toBe(command));

  it('is not guessed on a system nobody knows', () => {
    expect(packageManager('ID=plan9')).toBeUndefined();
    expect(installCommand('wg', '')).toBeUndefined();
  });
});
