import jsQR from 'jsqr';

/** Reads a QR code that is drawn with dark cells, as a camera would: with a white margin, each cell four pixels wide. */
function readCells(width: number, height: number, isDark: (x: number, y: number) => boolean): string | undefined {
  const scale = 4;
  const margin = 4;
  const size = { width: (width + 2 * margin) * scale, height: (height + 2 * margin) * scale };
  const pixels = new Uint8ClampedArray(size.width * size.height * 4).fill(255);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++)
      if (isDark(Math.floor(x / scale) - margin, Math.floor(y / scale) - margin))
        pixels.fill(0, (y * size.width + x) * 4, (y * size.width + x) * 4 + 3);
  return jsQR(pixels, size.width, size.height)?.data;
}

/** Of half-height blocks. */
export function readText(picture: string): string | undefined {
  const rows = picture.split('\n').filter((row) => row !== '');
  return readCells(Math.max(...rows.map((row) => row.length)), rows.length * 2, (x, y) => {
    const block = rows[y >> 1]?.[x] ?? ' ';
    return block === '█' || block === (y % 2 === 0 ? '▀' : '▄');
  });
}

/** Of horizontal strokes, one unit thick: `M4 4.5h7m3 0h2` (SVG 2, §9.3). */
export function readSvg(picture: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(picture)?.[1]);
  const path = /<path stroke="#000000" d="([^"]+)"/.exec(picture)?.[1] ?? '';
  const dark = new Set<string>();
  let [x, y] = [0, 0];
  for (const [, command, first = '', second = ''] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    if (command === 'h') for (const end = x + Number(first); x < end; x++) dark.add(`${x} ${Math.floor(y)}`);
    else [x, y] = command === 'M' ? [Number(first), Number(second)] : [x + Number(first), y + Number(second)];
  }
  return readCells(side, side, (column, row) => dark.has(`${column} ${row}`));
}
