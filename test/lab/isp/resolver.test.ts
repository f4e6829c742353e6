import { describe, expect, it } from 'vitest';
import { coversName } from '../censor/censor.ts';
import { nameAnswer, nameQuery } from '../probe/orders.ts';
import { readQuestion } from '../system/dns-message.ts';
import { answerAsTold } from './resolver.ts';

const zone = { 'chat.signal.org': { v4: ['192.0.2.1'], v6: ['2001:db8::1'] } };
const ask = (answer: Parameters<typeof answerAsTold>[0][number]['answer'], name = 'chat.signal.org'): string => {
  const question = readQuestion(Buffer.from(nameQuery(name), 'hex'));
  if (question === undefined) throw new Error('not a question');
  const reply = answerAsTold([{ names: ['signal.org'], answer }], zone, question);
  return reply === undefined ? 'silent' : nameAnswer(reply.toString('hex'));
};

describe('answerAsTold', () => {
  it('says what it is told to', () => {
    expect(ask('nxdomain')).toBe('3');
    expect(ask('servfail')).toBe('2');
    expect(ask('refused')).toBe('5');
    expect(ask('empty')).toBe('0');
    expect(ask('silence')).toBe('silent');
    expect(ask({ v4: ['10.10.34.35'], v6: [] })).toBe('0 10.10.34.35');
  });

  it('is honest about other names', () => {
    expect(ask('refused', 'signal.org.example')).toBe('3');
  });
});

describe('coversName', () => {
  it('covers a name and what lies below it, not what only ends alike', () => {
    expect(coversName(['signal.org'], 'signal.org')).toBe(true);
    expect(coversName(['signal.org'], 'sfu.voip.signal.org')).toBe(true);
    expect(coversName(['signal.org'], 'notsignal.org')).toBe(false);
    expect(coversName(['*'], 'anything')).toBe(true);
  });
});
