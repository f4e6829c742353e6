/**
 * How much the line loses by itself, seen from requests that were answered in the end. Silence means something only
 * where chance would not make it.
 */
export interface LossEstimate {
  /** Requests that went out until one was answered: all but the last were lost, there or back. */
  add(requests: number): void;
  /** Share of round trips lost, 0 to 1: a cautious guess while little has been seen. */
  share(): number;
}

/** As if that much had been seen before: half of it lost (Jeffreys would take less; a check can afford caution). */
const priorRequests = 3;
const priorLost = 1.5;

/** Share lost of so many, 0 to 1: a cautious guess where they are few. */
export function cautiousShare({ sent, lost }: { sent: number; lost: number }): number {
  return (lost + priorLost) / (sent + priorRequests);
}

export function createLossEstimate(): LossEstimate {
  let requests = 0;
  let lost = 0;
  return {
    add(sent) {
      requests += sent;
      lost += sent - 1;
    },
    share: () => cautiousShare({ sent: requests, lost }),
  };
}

/**
 * How often chance may look like a block, for one judgement: a check makes some fifty of them, and must not be wrong once
 * in a thousand checks.
 */
export const chanceMax = 1e-6;
/** What is aimed at while gathering: the estimate may still rise until it is judged. */
const chanceAim = 1e-7;

/** Requests that have to be lost one after the other until that is no chance any more. */
export function requestsToTell(loss: number): number {
  return Math.ceil(Math.log(chanceAim) / Math.log(loss));
}
