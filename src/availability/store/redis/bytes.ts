/**
 * Whole numbers in as few bytes as they need: seven bits each, the lowest first, the top bit says that more follow
 * (LEB128, https://en.wikipedia.org/wiki/LEB128). Negative ones are folded in between, so that small ones stay small.
 */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  /** From 0 to 2^53 - 1. */
  count(value: number): void {
    this.#reserve(8);
    let rest = value;
    // Bit operations are good for 31 bits only.
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** From -2^52 to 2^52 - 1. */
  signed(value: number): void {
    this.count(value < 0 ? -2 * value - 1 : 2 * value);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A copy of what was written. */
  bytes(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote. Behind the end of the bytes it finds zeros. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** What has not been read yet, as text. */
  rest(): string {
    return this.#bytes.toString('utf8', this.#at);
  }

  count(): number {
    const first = this.#bytes[this.#at++] ?? 0;
    if (first < 0x80) return first;
    let value = first - 0x80;
    for (let unit = 0x80; ; unit *= 0x80) {
      const next = this.#bytes[this.#at++] ?? 0;
      if (next < 0x80) return value + next * unit;
      value += (next - 0x80) * unit;
    }
  }

  signed(): number {
    const folded = this.count();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }
}
