import type { Report } from '../../../electron/check/report.ts';
import { isQuestion } from './see.ts';

/**
 * Why this network is no place to verify the catalogue from; empty when it is one. A network that blocks anything would
 * write its block into the catalogue, and nobody would see it any more. Pure, over the report of a check with the
 * catalogue as it is.
 */
export function whyNotHere(usual: Report): string[] {
  return [...whyNoLonger(usual), ...blocksIn(usual)];
}

/** The same for a check in which targets were asked that verdicts do not rest on: verdicts are left out. */
export function whyNoLonger(report: Report): string[] {
  return [...troubleOfNetwork(report), ...new Set(liesIn(report))];
}

function troubleOfNetwork({ network, probes, findings }: Report): string[] {
  const state = network.state === 'online' ? [] : [`The network is ${network.state}.`];
  const found = findings.map(({ mechanism, rule, summary }) => `${mechanism} (${rule}): ${summary}`);
  const controls = probes.filter(({ service }) => service === null);
  const failing = controlKinds.filter((kind) => {
    const own = controls.filter((probe) => probe.kind === kind);
    const worked = own.filter(({ outcome }) => outcome === 'ok' || outcome === 'answered');
    return worked.length * 2 <= own.length;
  });
  return [...state, ...found, ...failing.map((kind) => `Half or more of the controls of kind ${kind} fail.`)];
}

/** Those that the comparison leans on. */
const controlKinds = ['dns', 'doh', 'tls', 'stun'] as const;

function blocksIn({ services }: Report): string[] {
  return services.flatMap(({ name, messages, calls }) =>
    [messages, calls].flatMap(({ verdict, rule, mechanisms }, index) => {
      if (verdict !== 'blocked' && verdict !== 'degraded') return [];
      return [`${name}: ${index === 0 ? 'messages' : 'calls'} ${verdict} by ${mechanisms.join(', ')} (${rule}).`];
    }),
  );
}

/** A name that the system's resolver denies and an encrypted one knows, whatever it is worth to the check. */
function liesIn({ probes }: Report): string[] {
  const questions = probes.filter(isQuestion);
  const denied = questions.filter(
    ({ kind, detail }) => kind === 'dns' && detail?.['resolver'] === 'system' && isDenial(detail),
  );
  return denied
    .filter(({ target }) =>
      questions.some((other) => other.kind === 'doh' && other.target === target && other.outcome === 'ok'),
    )
    .map(({ target }) => `The resolver of this network denies ${target}, which there is.`);
}

const isDenial = ({ answer }: Record<string, unknown>): boolean => typeof answer === 'string' && answer !== 'silent';
