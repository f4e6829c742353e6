import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameAnswer, nameQuery } from '../probe/orders.ts';
import { answerHonestly, readQuestion, type Question } from './dns-message.ts';

const zone = { 'web.example.org': { v4: ['192.0.2.7'], v6: [] } };
function question(name: string, type: 'A' | 'AAAA' = 'A'): Question {
  const read = readQuestion(Buffer.from(nameQuery(name, type), 'hex'));
  if (read === undefined) throw new Error('not a question');
  return read;
}

describe('readQuestion', () => {
  it('reads the name in lower case and keeps the bytes', () => {
    expect(question('Web.Example.ORG')).toMatchObject({ name: 'web.example.org', type: 1 });
  });

  it('reads nothing from answers, from half a query, or from whatever bytes', () => {
    const query = Buffer.from(nameQuery('a.example'), 'hex');
    for (let length = 0; length < query.length; length++) {
      expect(readQuestion(query.subarray(0, length))).toBeUndefined();
    }
    query[2] = 0x81;
    expect(readQuestion(query)).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readQuestion(Buffer.from(bytes))));
  });
});

describe('answerHonestly', () => {
  it('tells addresses, an empty answer for a family that is not there, and that a name does not exist', () => {
    expect(nameAnswer(answerHonestly(zone, question('web.example.org')).toString('hex'))).toBe('0 192.0.2.7');
    expect(nameAnswer(answerHonestly(zone, question('web.example.org', 'AAAA')).toString('hex'))).toBe('0');
    expect(nameAnswer(answerHonestly(zone, question('example.net')).toString('hex'))).toBe('3');
  });

  it('repeats id and question', () => {
    const asked = question('web.example.org');
    const answer = answerHonestly(zone, asked);
    expect(answer.subarray(0, 2)).toEqual(asked.bytes.subarray(0, 2));
    expect(answer.subarray(12, asked.bytes.length)).toEqual(asked.bytes.subarray(12));
  });
});
