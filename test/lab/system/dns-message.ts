import ipaddr from 'ipaddr.js';

/** The servers' side of DNS (RFC 1035), as far as questions for addresses go; written apart from the checker's. */

export const recordTypes = { A: 1, AAAA: 28 } as const;
export const responseCodes = { ok: 0, servfail: 2, nxdomain: 3, refused: 5 } as const;

export interface Question {
  /** Lower case, no trailing dot. */
  name: string;
  type: number;
  /** Header and question section as they came, which every answer repeats. */
  bytes: Buffer;
}

const headerBytes = 12;

/** The question of a query; undefined when the bytes are none. */
export function readQuestion(query: Buffer): Question | undefined {
  if (query.length < headerBytes + 5 || (query.readUInt16BE(2) & 0x8000) !== 0) return undefined;
  if (query.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  let at = headerBytes;
  for (let length = query[at]; length !== undefined && length !== 0; length = query[at]) {
    if (length > 63) return undefined;
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  if (at + 5 > query.length) return undefined;
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), bytes: query.subarray(0, at + 5) };
}

/** An answer with address records of one family (time to live 60 s), or an error without any. */
export function writeAnswer(question: Question, rcode: number, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question.bytes);
  head.writeUInt16BE(0x8180 | rcode, 2); // a response, recursion desired and available
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8); // no authority, no additional records
  return Buffer.concat([head, ...addresses.map(record)]);
}

function record(address: string): Buffer {
  const data = Buffer.from(ipaddr.parse(address).toByteArray());
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc000 | headerBytes, 0); // the name of the question
  head.writeUInt16BE(data.length === 4 ? recordTypes.A : recordTypes.AAAA, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

export type Zone = Record<string, { v4: readonly string[]; v6: readonly string[] } | undefined>;

/** What an honest resolver knows: the world's names and nothing else. */
export function answerHonestly(zone: Zone, question: Question): Buffer {
  const known = zone[question.name];
  if (known === undefined) return writeAnswer(question, responseCodes.nxdomain, []);
  if (question.type === recordTypes.A) return writeAnswer(question, responseCodes.ok, known.v4);
  if (question.type === recordTypes.AAAA) return writeAnswer(question, responseCodes.ok, known.v6);
  return writeAnswer(question, responseCodes.ok, []);
}
