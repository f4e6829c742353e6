/** One byte a pixel, row by row; 0 is black. */
export interface GreyPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** A photo of a telephone has 12 million; what is larger takes long to read and shows a code no better. */
export const maxPixels = 16_000_000;

/** Why a picture is not read. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly code: 'damaged' | 'too-large' | 'unsupported';

  constructor(code: PictureError['code']) {
    super(code);
    this.code = code;
  }
}

/** Shrunk so that no side is longer than `side`: each new pixel is the mean of those that it covers, which takes noise out. */
export function shrink(picture: GreyPicture, side: number): GreyPicture {
  const factor = Math.ceil(Math.max(picture.width, picture.height) / side);
  if (factor <= 1) return picture;
  const [width, height] = [Math.floor(picture.width / factor), Math.floor(picture.height / factor)];
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let row = y * factor; row < (y + 1) * factor; row++)
        for (let column = x * factor; column < (x + 1) * factor; column++)
          sum += picture.pixels[row * picture.width + column] ?? 0;
      pixels[y * width + x] = sum / (factor * factor);
    }
  return { width, height, pixels };
}

/**
 * Four bytes a pixel as screens have them, each pixel `scale` wide and high, with a white margin: a screenshot that was
 * cut to the code's very edge has none, and readers need one.
 */
export function toRgba(
  { width, height, pixels }: GreyPicture,
  scale: number,
): { width: number; height: number; data: Uint8ClampedArray } {
  const margin = 16;
  const wide = width * scale + 2 * margin;
  const high = height * scale + 2 * margin;
  const data = new Uint8ClampedArray(wide * high * 4).fill(255);
  for (let y = 0; y < height * scale; y++)
    for (let x = 0; x < width * scale; x++) {
      const grey = pixels[Math.floor(y / scale) * width + Math.floor(x / scale)] ?? 255;
      data.fill(grey, ((y + margin) * wide + x + margin) * 4, ((y + margin) * wide + x + margin) * 4 + 3);
    }
  return { width: wide, height: high, data };
}
