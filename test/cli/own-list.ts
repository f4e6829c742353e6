import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server, ServerList } from '../../electron/servers/types.ts';
import { parseSecretKey, sign } from '../../scripts/servers/sign.ts';
import type { Lab } from '../lab/lab.ts';
import { places } from '../lab/system/places.ts';

/**
 * The built command line, installed in the lab's folder with a list in which every server has the key of the lab's VPN host:
 * the real servers' secret keys are theirs. The list is signed with the development key. Gives the program's path.
 */
export async function installWithOwnList(lab: Lab): Promise<string> {
  const home = join(lab.folder, 'installed');
  const resources = join(places.repository, 'resources');
  const { stdout } = await lab.exec('vpn', ['wg', 'show', 'wgs', 'public-key']);
  await cp(join(places.repository, 'dist', 'chunks'), join(home, 'dist', 'chunks'), { recursive: true });
  await cp(join(places.repository, 'dist', 'cli.js'), join(home, 'dist', 'cli.js'));
  await cp(resources, join(home, 'resources'), { recursive: true });
  const list = JSON.parse(await readFile(places.serverList, 'utf8')) as ServerList;
  const own = JSON.stringify({
    ...list,
    providers: list.providers.map((provider) => ({ ...provider, sharedKey: true })),
    servers: list.servers.map((server) => withKey(server, stdout.trim())),
  });
  const servers = join(home, 'resources', 'servers');
  const secret = parseSecretKey(await readFile(join(resources, 'servers', 'development.key'), 'utf8'));
  await writeFile(join(servers, 'servers.json'), own);
  await writeFile(join(servers, 'servers.json.minisig'), sign(Buffer.from(own), secret, 'for the lab'));
  return join(home, 'dist', 'cli.js');
}

const withKey = (server: Server, publicKey: string): Server =>
  server.wireguard ? { ...server, wireguard: { ...server.wireguard, publicKey } } : server;
