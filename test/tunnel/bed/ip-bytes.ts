/** The bytes of an address in text form, IPv6 with at most one `::` and no embedded IPv4. */
export function ipBytes(address: string): number[] {
  if (!address.includes(':')) return address.split('.').map(Number);
  const [left = '', right] = address.replace(/%.*$/, '').split('::');
  const words = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const head = words(left);
  const tail = words(right ?? '');
  const zeros = right === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(zeros).fill('0'), ...tail].flatMap((word) => {
    const value = Number.parseInt(word, 16);
    return [value >> 8, value & 0xff];
  });
}
