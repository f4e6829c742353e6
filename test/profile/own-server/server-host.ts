import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Lab } from '../../lab/lab.ts';
import type { Finished } from '../../lab/system/programs.ts';

/**
 * The lab's VPN host as the rented server that a script is run on: a copy of /etc of its own, and two stand-ins in front
 * of the system's programs. `apt-get` only writes down what it is asked for, since the lab has no package mirror; the
 * packages are there already. `systemctl` writes down too, and does with the script's own units what systemd would:
 * their commands are really run. Everything else is the system's own.
 */
export interface ServerHost {
  /** Runs a script there, with these arguments. */
  run(script: string, args?: readonly string[]): Promise<Finished>;
  /** A shell line there. */
  shell(line: string): Promise<Finished>;
  /** What apt-get and systemctl were asked, a call a line. */
  asked(): Promise<string>;
}

const systemctl = `#!/bin/sh
printf 'systemctl %s\\n' "$*" >>"$STANDINS/asked"
verb='' names='' now=''
for word; do
  case $word in
    --now) now=yes ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$word; else names="$names $word"; fi ;;
  esac
done
setting() { sed -n "s/^$2=//p" "/etc/systemd/system/$1.service"; }
runs() { [ -e "$STANDINS/$1.on" ] || { [ -e "$STANDINS/$1.pid" ] && kill -0 "$(cat "$STANDINS/$1.pid")" 2>/dev/null; }; }
stop() {
  runs "$1" || return 0
  stopping=$(setting "$1" ExecStop)
  [ -z "$stopping" ] || $stopping
  if [ -e "$STANDINS/$1.pid" ]; then
    pid=$(cat "$STANDINS/$1.pid")
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  fi
  rm -f "$STANDINS/$1.on" "$STANDINS/$1.pid"
}
start() {
  command=$(setting "$1" ExecStart)
  if [ "$(setting "$1" Type)" = oneshot ]; then
    $command || exit 1
    : >"$STANDINS/$1.on"
  else
    setsid $command </dev/null >"$STANDINS/$1.log" 2>&1 &
    echo $! >"$STANDINS/$1.pid"
  fi
}
for name in $names; do
  unit=/etc/systemd/system/$name.service
  case $verb in
    is-active) runs "$name" || exit 3 ;;
    restart) stop "$name"; start "$name" ;;
    disable) if [ -e "$unit" ] && [ -n "$now" ]; then stop "$name"; fi ;;
  esac
done
`;

const aptGet = `#!/bin/sh
printf 'apt-get %s\\n' "$*" >>"$STANDINS/asked"
`;

/** Only root can give a file to a group; where an ordinary user runs the lab, the relay runs as root and needs none. */
const chgrp = `#!/bin/sh
/usr/bin/chgrp "$@" 2>/dev/null || :
`;

export async function openServerHost(lab: Lab): Promise<ServerHost> {
  const folder = await mkdtemp(join(lab.folder, 'server-'));
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const standIns = { systemctl, 'apt-get': aptGet, chgrp };
  for (const [name, text] of Object.entries(standIns)) await writeFile(join(bin, name), text, { mode: 0o755 });
  await writeFile(join(folder, 'asked'), '');
  const ownEtc = `cp -a /etc ${folder}/etc 2>/dev/null; mount --bind ${folder}/etc /etc && echo ready && exec sleep 1000`;
  const holder = lab.spawn('vpn', ['unshare', '--mount', 'sh', '-c', ownEtc], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (holder.stdout) await once(holder.stdout, 'data');
  const inside = ['nsenter', `--mount=/proc/${holder.pid ?? 0}/ns/mnt`] as const;
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, STANDINS: folder, SSH_CONNECTION: '' };

  const exec = (argv: readonly string[], input?: string): Promise<Finished> =>
    lab.exec('vpn', [...inside, ...argv], { env, timeoutMs: 20_000, ...(input !== undefined && { input }) });
  return {
    run: async (script, args = []) => exec(['sh', script, ...args]),
    shell: (line) => exec(['sh', '-c', line]),
    asked: () => readFile(join(folder, 'asked'), 'utf8'),
  };
}
