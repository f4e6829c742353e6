import { answerForged, answerAsTold } from '../lab/isp/resolver.ts';
import { coversName } from '../lab/censor/censor.ts';
import { answerHonestly, readQuestion, type Zone } from '../lab/system/dns-message.ts';
import type { SimulatedCensor } from './conditions.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** All that answers questions for names: the provider's resolver, public ones, and a forger on the way to those. */
export class Resolvers {
  readonly #world: World;
  readonly #rotating: boolean;
  readonly #censor: SimulatedCensor;
  readonly #random: Random;

  constructor(world: World, rotating: boolean, censor: SimulatedCensor, random: Random) {
    this.#world = world;
    this.#rotating = rotating;
    this.#censor = censor;
    this.#random = random;
  }

  provider(query: Uint8Array): Uint8Array | undefined {
    const question = readQuestion(asBuffer(query));
    return question && answerAsTold(this.#censor.names ?? [], this.#zoneNow(question.name), question);
  }

  honest(query: Uint8Array): Uint8Array | undefined {
    const question = readQuestion(asBuffer(query));
    return question && answerHonestly(this.#zoneNow(question.name), question);
  }

  /** What somebody on the way to a public resolver answers in its place, if anything. */
  forged(query: Uint8Array): Uint8Array | undefined {
    const { inject } = this.#censor;
    const question = inject && readQuestion(asBuffer(query));
    return question && coversName(inject.names, question.name) ? answerForged(inject.answer, question) : undefined;
  }

  /** With rotation each answer holds one address of the host's, whichever. */
  #zoneNow(host: string): Zone {
    const zone = this.#world.plan.names;
    const known = zone[host];
    if (!this.#rotating || !known) return zone;
    const one = this.#random.pick([...known.v4, ...this.#world.twinsOf(known.v4)]);
    return { [host]: { v4: one === undefined ? [] : [one], v6: known.v6 } };
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
