/** Hands bytes or a text to the person as a file, the way a browser saves downloads. */
export function saveFile(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download holds on to the data itself; the address is not needed any more once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
