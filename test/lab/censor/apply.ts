import { addresses } from '../addresses.ts';
import { lineRules, queueWrapper } from '../delay/queue.ts';
import { inspectRules, startInspector } from '../dpi/inspector.ts';
import type { Parts } from '../parts.ts';
import { startOwn, type Helper, type OwnHelper } from '../system/helper.ts';
import { LabError } from '../system/lab-error.ts';
import { findProgram, run } from '../system/programs.ts';
import type { IspOrder } from '../isp/main.ts';
import type { Censor } from './censor.ts';
import { writeRuleset } from './ruleset.ts';

const a = addresses;

/** Makes the ISP behave as a censor says, and nothing that it did before. */
export class CensorSwitch {
  readonly #parts: Parts;
  readonly #isp: OwnHelper;
  #inspector: Helper | undefined;
  #queued = false;
  #unplugged = false;

  constructor(parts: Parts, isp: OwnHelper) {
    this.#parts = parts;
    this.#isp = isp;
  }

  /** Throws LabError `ruleset-rejected`: a rejected ruleset means an open network, so the lab must not be used then. */
  async flip(censor: Censor): Promise<void> {
    this.#parts.mustStand();
    const order: IspOrder = { names: censor.names ?? [], web: censor.web ?? [] };
    await Promise.all([this.#isp.request(order), this.#setInjector(censor), this.#setLine(censor)]);
    await this.#setInspector(censor);
    await loadRuleset(writeRuleset(censor));
    await this.#setCable(censor.unplugged ?? false);
    // Flows that were known before keep their old translation otherwise.
    await run('ip', ['netns', 'exec', 'isp', findProgram('conntrack'), '-F']);
  }

  async #setInjector({ inject }: Censor): Promise<void> {
    if (inject === undefined) return;
    const { onDeath } = this.#parts;
    const start = (): Promise<OwnHelper> =>
      startOwn({ name: 'lab-injector', namespace: 'injector', onDeath, config: inject });
    await (await this.#parts.once('lab-injector', start)).request(inject);
  }

  /** Anew for each censor: what the engine remembers of servers is part of what is looked at. */
  async #setInspector({ inspect }: Censor): Promise<void> {
    if (this.#inspector === undefined && inspect === undefined) return;
    await this.#inspector?.stop();
    this.#inspector = inspect === undefined ? undefined : await startInspector(inspect, this.#parts.onDeath);
    if (this.#inspector) this.#parts.add(this.#inspector);
    const input = inspectRules(inspect !== undefined);
    await run('ip', ['netns', 'exec', 'isp', findProgram('iptables-restore')], { input });
  }

  async #setLine({ path }: Censor): Promise<void> {
    if (path !== undefined) {
      const { onDeath } = this.#parts;
      const start = (): Promise<OwnHelper> =>
        startOwn({ name: 'lab-delay', namespace: 'isp', onDeath, config: path, wrapper: queueWrapper() });
      await (await this.#parts.once('lab-delay', start)).request(path);
    }
    const queued = path !== undefined;
    if (queued === this.#queued) return;
    for (const restore of ['iptables-restore', 'ip6tables-restore'] as const) {
      await run('ip', ['netns', 'exec', 'isp', findProgram(restore)], { input: lineRules(queued) });
    }
    this.#queued = queued;
  }

  async #setCable(unplugged: boolean): Promise<void> {
    if (unplugged === this.#unplugged) return;
    const input = unplugged ? 'link set eth0 down\n' : plugIn;
    await run('ip', ['-n', 'client', '-batch', '-'], { input });
    this.#unplugged = unplugged;
  }
}

/** A device that goes down loses its routes and IPv6 addresses. */
const plugIn = `link set eth0 up
addr add ${a.client.v6}/64 dev eth0 nodad
route add default via ${a.ispLan.v4}
route add default via ${a.ispLan.v6}
`;

async function loadRuleset(text: string): Promise<void> {
  try {
    await run('ip', ['netns', 'exec', 'isp', findProgram('nft'), '-f', '-'], { input: text });
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new LabError('ruleset-rejected', `The kernel rejected the censor's rules: ${error.message}\n${text}`);
  }
}
