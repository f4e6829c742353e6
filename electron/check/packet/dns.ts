import { ByteReader, concat, u16 } from './bytes.ts';
import { ipText } from './ip-text.ts';
import { PacketError } from './packet-error.ts';

/** DNS messages (RFC 1035 §4), as far as asking for addresses needs them. */

const types = { A: 1, CNAME: 5, AAAA: 28 } as const;
export type DnsType = 'A' | 'AAAA';
const classInternet = 1;

/** More records than this in one answer section is not an answer to us. */
const recordsMax = 128;
/** Compression pointers may only go back, and a name has at most 127 labels (RFC 1035 §3.1): this bounds any loop. */
const labelsMax = 127;

export interface DnsResponse {
  id: number;
  /** RFC 1035 §4.1.1: 0 no error, 2 server failure, 3 no such name, 5 refused. */
  rcode: number;
  /** TC bit: the rest has to be asked for over TCP. */
  truncated: boolean;
  /** Lower case, without the trailing dot; null when the question section is empty. */
  question: { name: string; type: number } | null;
  /** Address records of the asked family in order of the message, whatever alias they hang on. */
  addresses: string[];
  /** Names of the alias chain (CNAME), lower case. */
  aliases: string[];
}

/** A query with recursion desired and one question; `id` 0 to 65535. */
export function encodeDnsQuery(id: number, name: string, type: DnsType): Uint8Array {
  const labels = name.split('.').map((label) => {
    const bytes = new TextEncoder().encode(label);
    if (bytes.length === 0 || bytes.length > 63) throw new PacketError('name: a label has 1 to 63 bytes');
    return [bytes.length, ...bytes];
  });
  const encoded = [...labels.flat(), 0];
  if (encoded.length > 255) throw new PacketError('name: more than 255 bytes');
  const recursionDesired = 0x0100;
  return concat(
    u16(id),
    u16(recursionDesired),
    u16(1),
    u16(0),
    u16(0),
    u16(0),
    encoded,
    u16(types[type]),
    u16(classInternet),
  );
}

/** Throws PacketError on anything that is not one whole, well-formed response. */
export function decodeDnsResponse(bytes: Uint8Array): DnsResponse {
  const reader = new ByteReader(bytes);
  const id = reader.u16('id');
  const flags = reader.u16('flags');
  if ((flags & 0x8000) === 0) throw new PacketError('flags: a query, not a response');
  const questions = reader.u16('question count');
  const answers = reader.u16('answer count');
  reader.take(4, 'other counts');
  if (questions > 1) throw new PacketError('question count: more than one');
  if (answers > recordsMax) throw new PacketError(`answer count: more than ${recordsMax}`);
  const question = questions === 1 ? readQuestion(reader, bytes) : null;
  const truncated = (flags & 0x0200) !== 0;
  const addresses: string[] = [];
  const aliases: string[] = [];
  for (let index = 0; index < answers; index += 1) {
    // A truncated message may break off inside a record (RFC 2181 §9): what came before is not used anyway.
    if (truncated) break;
    readRecord(reader, bytes, question?.type ?? null, addresses, aliases);
  }
  return { id, rcode: flags & 0x000f, truncated, question, addresses, aliases };
}

function readQuestion(reader: ByteReader, bytes: Uint8Array): { name: string; type: number } {
  const name = readName(reader, bytes);
  const type = reader.u16('question type');
  reader.u16('question class');
  return { name, type };
}

function readRecord(
  reader: ByteReader,
  bytes: Uint8Array,
  asked: number | null,
  addresses: string[],
  aliases: string[],
): void {
  readName(reader, bytes);
  const type = reader.u16('record type');
  const recordClass = reader.u16('record class');
  reader.u32('time to live');
  const length = reader.u16('data length');
  const start = reader.offset;
  const data = reader.take(length, 'record data');
  if (recordClass !== classInternet) return;
  if (type === types.CNAME) {
    const inner = new ByteReader(bytes.subarray(0, start + length));
    inner.take(start, 'record data');
    aliases.push(readName(inner, bytes));
  } else if (type === types.A || type === types.AAAA) {
    if (data.length !== (type === types.A ? 4 : 16)) throw new PacketError('address record: wrong length');
    if (asked === null || asked === type) addresses.push(ipText(data));
  }
}

/** A name with compression (RFC 1035 §4.1.4): pointers must go strictly backwards, so that reading always ends. */
function readName(reader: ByteReader, bytes: Uint8Array): string {
  const labels: string[] = [];
  let current = reader;
  let bound = reader.offset;
  let size = 0;
  for (let steps = 0; steps <= labelsMax * 2; steps += 1) {
    const length = current.u8('name');
    if (length === 0) return labels.join('.').toLowerCase();
    if ((length & 0xc0) === 0xc0) {
      const target = ((length & 0x3f) << 8) | current.u8('name pointer');
      if (target >= bound) throw new PacketError('name pointer: does not go back');
      bound = target;
      current = new ByteReader(bytes);
      current.take(target, 'name pointer');
      continue;
    }
    if ((length & 0xc0) !== 0) throw new PacketError('name: reserved label type');
    size += length + 1;
    if (size > 254) throw new PacketError('name: more than 255 bytes');
    labels.push(String.fromCharCode(...current.take(length, 'name label')));
  }
  throw new PacketError('name: too many labels');
}
