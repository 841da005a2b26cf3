import type { Loaded, Versions } from '../../source.ts';
import { deepFreeze } from '../freeze.ts';
import { orderOf } from '../store.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { isCompactDay, readDay, writeDay } from './day-code.ts';

/*
 * A value in Redis; the scripts know the places of what they look at.
 *
 *      0  format
 *      1  seal over the key and everything from 5 on, four bytes
 *      5  history of the database that the versions are of, four bytes
 *      9  sum of the versions, by which values are ordered: a double
 *     17  time of the load, epoch ms, six bytes
 *     23  versions of the shop, the barber and the day, then the content: 1 and a barber-day, or 0 and JSON
 */
const FORMAT = 1;
const SEAL_AT = 1;
const HISTORY_AT = 5;
const ORDER_AT = 9;
const LOADED_AT = 17;
const VERSIONS_AT = 23;
const JSON_CONTENT = 0;
const DAY_CONTENT = 1;

const header = Buffer.from([FORMAT, ...new Array<number>(VERSIONS_AT - 1).fill(0)]);

/** `loaded` as it is kept under this key, by servers that follow this history. */
export function encodeEntry(
  key: string,
  { value, versions, loadedAt }: Loaded<unknown>,
  history: number,
): Buffer {
  const out = new ByteWriter();
  out.append(header);
  out.count(versions.shop);
  out.count(versions.barber);
  out.count(versions.day);
  if (isCompactDay(value)) {
    out.count(DAY_CONTENT);
    writeDay(value, out);
  } else {
    out.count(JSON_CONTENT);
    out.append(Buffer.from(JSON.stringify(value)));
  }
  const bytes = out.bytes();
  bytes.writeUInt32BE(history, HISTORY_AT);
  bytes.writeDoubleBE(orderOf(versions), ORDER_AT);
  bytes.writeUIntBE(loadedAt, LOADED_AT, VERSIONS_AT - LOADED_AT);
  bytes.writeUInt32BE(sealOf(key, bytes, history), SEAL_AT);
  return bytes;
}

/**
 * What is kept under this key. Undefined for whatever `encodeEntry` did not write for just this key and history:
 * garbage, another format, another shop's value, one of another database that shares the Redis.
 */
export function decodeEntry(key: string, bytes: Buffer, history: number): Loaded<unknown> | undefined {
  if (bytes.length <= VERSIONS_AT || bytes[0] !== FORMAT) return undefined;
  return bytes.readUInt32BE(SEAL_AT) === sealOf(key, bytes, history) ? new StoredEntry(bytes) : undefined;
}

/** Whether bytes that do not decode look as if they were of this format and history, so that newer ones yield to them. */
export function isBroken(bytes: Buffer, history: number): boolean {
  return bytes.length > VERSIONS_AT && bytes[0] === FORMAT && bytes.readUInt32BE(HISTORY_AT) === history;
}

/** Whether this is a value of this key, but of another history. */
export function isForeign(key: string, bytes: Buffer, history: number): boolean {
  if (bytes.length <= VERSIONS_AT) return false;
  const theirs = bytes.readUInt32BE(HISTORY_AT);
  return theirs !== history && decodeEntry(key, bytes, theirs) !== undefined;
}

/** Its value is made when somebody wants it: a month is fetched whole, and most of it is only judged by its versions. */
class StoredEntry implements Loaded<unknown>, Versions {
  readonly loadedAt: number;
  readonly shop: number;
  readonly barber: number;
  readonly day: number;
  #content: ByteReader | undefined;
  #value: unknown;

  constructor(bytes: Buffer) {
    const reader = new ByteReader(bytes, VERSIONS_AT);
    this.loadedAt = bytes.readUIntBE(LOADED_AT, VERSIONS_AT - LOADED_AT);
    this.shop = reader.count();
    this.barber = reader.count();
    this.day = reader.count();
    this.#content = reader;
  }

  /** Itself: one object less for each value. */
  get versions(): Versions {
    return this;
  }

  get value(): unknown {
    if (this.#content !== undefined) {
      this.#value = deepFreeze(readContent(this.#content));
      this.#content = undefined;
    }
    return this.#value;
  }
}

function readContent(reader: ByteReader): unknown {
  return reader.count() === DAY_CONTENT ? readDay(reader) : JSON.parse(reader.rest());
}

const FNV_PRIME = 0x01000193;

/** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/: keeps out mistakes, not forgers, who could write what they want. */
function fnv1a(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), FNV_PRIME);
  return sum >>> 0;
}

/** To hash a key takes more than all the rest of a look at a value: 0.3 of 0.45 µs. */
const hashes = new Map<string, number>();
/** Hashes remembered at most, about 50 bytes each. */
const MAX_HASHES = 200_000;

export function rememberedHash(text: string): number {
  let hash = hashes.get(text);
  if (hash === undefined) {
    hash = fnv1a(text);
    if (hashes.size >= MAX_HASHES) hashes.clear();
    hashes.set(text, hash);
  }
  return hash;
}

/** Two bytes at a time, which takes half as long. */
function sealOf(key: string, bytes: Uint8Array, history: number): number {
  let sum = rememberedHash(key) ^ history;
  const even = bytes.length - ((bytes.length - HISTORY_AT) % 2);
  for (let i = HISTORY_AT; i < even; i += 2) {
    sum = Math.imul(sum ^ (bytes[i] as number) ^ ((bytes[i + 1] as number) << 8), FNV_PRIME);
  }
  if (even < bytes.length) sum = Math.imul(sum ^ (bytes[even] as number) ^ 0x10000, FNV_PRIME);
  return sum >>> 0;
}
