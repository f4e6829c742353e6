import type { Service } from '../../../electron/check/catalogue.ts';
import { coversName, type Censor } from './censor.ts';

/** A censor with exactly one of its rules taken away. */
export interface Opposite {
  /** The rule that is missing, in words. */
  rule: string;
  /** The only service that the rule names; null for one that knows no services. */
  service: string | null;
  censor: Censor;
}

type Named = { names: readonly string[] };

/**
 * Every way to take one rule away. A rule that names several services is several rules: one for each, so that taking
 * one away must leave the others' verdicts alone.
 */
export function opposites(censor: Censor, services: readonly Service[]): Opposite[] {
  const { names = [], web = [], packets = [], inject, hijackResolvers, portal, inspect } = censor;
  const whole = (rule: string, without: Censor): Opposite => ({ rule, service: null, censor: without });
  return [
    ...withoutNamed(names, services, 'the name server', (left) => ({ ...censor, names: left })),
    ...withoutNamed(web, services, 'the proxy', (left) => ({ ...censor, web: left })),
    ...withoutNamed(inject ? [inject] : [], services, 'the injector', ([left]) => ({
      ...omit(censor, 'inject'),
      ...(left && { inject: left }),
    })),
    ...packets.map((rule, index) =>
      whole(`the router's rule on ${rule.drop}`, { ...censor, packets: packets.toSpliced(index, 1) }),
    ),
    ...(inspect === undefined ? [] : [whole(`the engine's rule on ${inspect}`, omit(censor, 'inspect'))]),
    ...(hijackResolvers ? [whole('the hijack of resolvers', omit(censor, 'hijackResolvers'))] : []),
    ...(portal ? [whole('the portal', omit(censor, 'portal'))] : []),
  ];
}

function omit(censor: Censor, key: keyof Censor): Censor {
  return Object.fromEntries(Object.entries(censor).filter(([name]) => name !== key));
}

function withoutNamed<Rule extends Named>(
  rules: readonly Rule[],
  services: readonly Service[],
  who: string,
  build: (left: Rule[]) => Censor,
): Opposite[] {
  return rules.flatMap((rule, index) =>
    byService(rule.names, services).map(({ service, names }) => {
      const others = rule.names.filter((name) => !names.includes(name));
      const left = others.length > 0 ? [{ ...rule, names: others }] : [];
      return { rule: `${who} on ${names.join(', ')}`, service, censor: build(rules.toSpliced(index, 1, ...left)) };
    }),
  );
}

/** The names, together where they belong to the same service; those of none at all stay together too. */
function byService(
  names: readonly string[],
  services: readonly Service[],
): { service: string | null; names: string[] }[] {
  const groups = new Map<string | null, string[]>();
  for (const name of names) {
    const owner = services.find(({ messages, calls }) =>
      [...messages, ...calls].some(({ host, addresses }) =>
        host === null ? addresses.includes(name) : coversName([name], host),
      ),
    );
    const service = name === '*' ? null : (owner?.id ?? null);
    groups.set(service, [...(groups.get(service) ?? []), name]);
  }
  return [...groups].map(([service, own]) => ({ service, names: own }));
}
