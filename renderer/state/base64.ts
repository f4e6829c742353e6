/** Files and texts as the API takes them: base64 of their bytes. */
export async function encodeFile(file: File): Promise<{ name: string; base64: string }> {
  return { name: file.name.slice(0, 255), base64: encodeBytes(new Uint8Array(await file.arrayBuffer())) };
}

export function encodeText(text: string): string {
  return encodeBytes(new TextEncoder().encode(text));
}

function encodeBytes(bytes: Uint8Array): string {
  // In pieces: an argument list of a whole picture would overflow the stack.
  const pieceSize = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += pieceSize) {
    binary += String.fromCharCode(...bytes.subarray(at, at + pieceSize));
  }
  return btoa(binary);
}

export function decodeBytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
