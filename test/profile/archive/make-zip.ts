import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  path: string;
  content: string | Uint8Array;
  /** Mode of Unix, file type included; absent: packed on another system. */
  mode?: number;
  /** Stored as it is, instead of deflated. */
  stored?: boolean;
  /** What the directory says in place of the truth. */
  claims?: { sizeBytes?: number; sum?: number; flags?: number; method?: number; offset?: number };
}

const utf8Name = 0x800;

/** A .zip (PKWARE APPNOTE 6.3, §4.3), as sound or as wrong as it is asked for. */
export function makeZip(files: readonly ZipFile[], entryCount = files.length): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const data = file.stored ? content : deflateRawSync(content);
    const fields = fieldsOf(file, content, data);
    const name = Buffer.from(file.path);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.alloc(2), name, data]);
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(((file.mode ?? 0) << 16) >>> 0, 8);
    tail.writeUInt32LE(file.claims?.offset ?? offset, 12);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.of(20, 3), fields, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(entryCount, 8);
  end.writeUInt16LE(entryCount, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

/** The fields that local header and directory share, from "version needed" to the length of the name. */
function fieldsOf({ path, stored, claims = {} }: ZipFile, content: Buffer, data: Buffer): Buffer {
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(claims.flags ?? utf8Name, 2);
  fields.writeUInt16LE(claims.method ?? (stored ? 0 : 8), 4);
  fields.writeUInt32LE(claims.sum ?? crc32(content), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(claims.sizeBytes ?? content.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(path), 22);
  return fields;
}
