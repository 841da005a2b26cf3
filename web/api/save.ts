/** Browsers may still read it after the click. */
const KEPT_MS = 60_000;

/** Hands a file to the browser, which keeps it or opens what it is for. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
