import { describe, expect, it } from 'vitest';
import { readVolunteers } from '../../../../electron/servers/accounts/recipes/vpn-gate-list.ts';
import { blocks } from '../../../profile/openvpn/samples.ts';

const header =
  '#HostName,IP,Score,Ping,Speed,CountryLong,CountryShort,NumVpnSessions,Uptime,TotalUsers,TotalTraffic,LogType,Operator,Message,OpenVPN_ConfigData_Base64';
const file = (remote: string): string => `client\r\ndev tun\r\nproto udp\r\nremote ${remote}\r\n${blocks}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const good = ['vpn1', '45.134.0.1', '100', '-', '9', 'Spain', 'ES', '1', '2', '3', '4', '2weeks', 'me', ''];
const row = (changes: Readonly<Record<number, string>> = {}, data = base64(file('45.134.0.1 1195'))): string =>
  [...good.map((value, index) => changes[index] ?? value), data].join(',');
const listOf = (...rows: string[]): string => ['*vpn_servers', header, ...rows, '*', ''].join('\r\n');

describe('the list of VPN Gate', () => {
  it('is read by the names of its columns, with the quirks that it has', () => {
    const rows = [row({ 6: 'es', 12: '"a_b' }), row({}, base64(file('45.134.0.1 1195')).replace(/=+$/, ''))];
    const [first, second] = readVolunteers(listOf(...rows)) ?? [];
    expect(first).toMatchObject({ name: 'vpn1', address: '45.134.0.1', country: 'ES', score: 100 });
    expect(first?.remote).toEqual({ host: '45.134.0.1', port: 1195, transport: 'udp' });
    expect(second?.file).toEqual(first?.file);
    expect(readVolunteers(listOf(row()).replaceAll('\r\n', '\n'))).toHaveLength(1);
  });

  it.each([
    ['is named like a path', row({ 0: '../x' })],
    ['has no public address', row({ 1: '10.0.0.1' }, base64(file('10.0.0.1 1195')))],
    ['leads somewhere else than it says', row({}, base64(file('45.134.0.2 1195')))],
    ['leads to two places', row({}, base64(file('45.134.0.1 1195\r\nremote 45.134.0.9 1195')))],
    ['leads to a name', row({}, base64(file('vpn1.opengw.net 1195')))],
    ['has a formula for a score', row({ 2: '=1+1' })],
    ['has no country', row({ 6: 'Spain' })],
    ['has too few fields', row().split(',').slice(1).join(',')],
    ['has a comma too many', row({ 12: 'a,b' })],
    ['holds no base64', row({}, '=HYPERLINK("http://evil.example")')],
    ['holds no profile', row({}, base64('up /bin/sh\n'))],
    ['holds a file for a server', row({}, base64(`${file('45.134.0.1 1195')}\nmode server\n`))],
    ['holds far too much', row({}, base64(`${file('45.134.0.1 1195')}\n${'#'.repeat(40_000)}`))],
  ])('loses a row that %s, and keeps the others', (_, bad) => {
    expect(readVolunteers(listOf(bad, row({ 0: 'vpn2' })))?.map(({ name }) => name)).toEqual(['vpn2']);
  });

  it.each([
    '',
    '<html></html>',
    '{}',
    '*vpn_servers\r\n',
    `*vpn_servers\r\n${header.replace('IP', 'Address')}\r\n${row()}`,
  ])('is not %o', (text) => {
    expect(readVolunteers(text)).toBeUndefined();
  });

  it('has a thousand rows at most', () => {
    expect(readVolunteers(listOf(...Array.from({ length: 1100 }, () => row({ 2: 'x' })), row()))).toEqual([]);
  });
});
