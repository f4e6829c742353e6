import { PacketError } from './packet-error.ts';

/** Reads big-endian fields with every length checked; a read past the end throws PacketError naming the field. */
export class ByteReader {
  private position = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get offset(): number {
    return this.position;
  }

  get left(): number {
    return this.bytes.length - this.position;
  }

  take(size: number, field: string): Uint8Array {
    if (size > this.left) throw new PacketError(`${field}: ${size} bytes announced, ${this.left} there`);
    const part = this.bytes.subarray(this.position, this.position + size);
    this.position += size;
    return part;
  }

  u8(field: string): number {
    return this.take(1, field)[0] ?? 0;
  }

  u16(field: string): number {
    return this.u8(field) * 0x100 + this.u8(field);
  }

  u32(field: string): number {
    return this.u16(field) * 0x10000 + this.u16(field);
  }
}

/** The bytes of a 16-bit number, big-endian. */
export function u16(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

export function concat(...parts: (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
