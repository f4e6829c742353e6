import { readFileSync } from 'node:fs';
import { outputOf } from './run.mjs';

const questions = [
  ['ip', '-4', 'rule'],
  ['ip', '-6', 'rule'],
  ['ip', '-4', 'route', 'show', 'table', 'all'],
  ['ip', '-6', 'route', 'show', 'table', 'all'],
  ['ip', '-brief', 'address'],
  ['nft', '--stateless', 'list', 'ruleset'],
];

/**
 * Everything that a connection may change on Linux, as one text: two of them are equal when the network was put back.
 * Life times, which run by themselves, are left out.
 * @returns {string}
 */
export function networkState() {
  const answers = questions.map(([program = '', ...args]) => outputOf(program, args) ?? `no answer from ${program}`);
  return [...answers, readFileSync('/etc/resolv.conf', 'utf8')].join('\n---\n').replaceAll(/ expires \d+sec/g, '');
}
