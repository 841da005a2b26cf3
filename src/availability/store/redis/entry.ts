import type { Loaded } from '../../source.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readDay, writeDay } from './day-code.ts';

/*
 * A value in Redis; the scripts know the places of what they look at.
 *
 *      0  format
 *      1  history of the database that the versions are of, four bytes
 *      5  seal over the key and everything from 9 on, four bytes
 *      9  sum of the versions, by which values are ordered: a double
 *     17  time of the load, epoch ms, six bytes
 *     23  versions of the shop, the barber and the day, then the content: 1 and a barber-day, or 0 and JSON
 */
const FORMAT = 1;
const HISTORY_AT = 1;
const SEAL_AT = 5;
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
  const content = new ByteWriter();
  if (writeDay(value, content)) out.count(DAY_CONTENT);
  else {
    out.count(JSON_CONTENT);
    content.append(Buffer.from(JSON.stringify(value)));
  }
  out.append(content.bytes());
  const bytes = out.bytes();
  bytes.writeUInt32BE(history, HISTORY_AT);
  bytes.writeDoubleBE(versions.shop + versions.barber + versions.day, ORDER_AT);
  bytes.writeUIntBE(loadedAt, LOADED_AT, VERSIONS_AT - LOADED_AT);
  bytes.writeUInt32BE(sealOf(key, bytes), SEAL_AT);
  return bytes;
}

/**
 * What is kept under this key. Undefined for whatever `encodeEntry` did not write for just this key and history:
 * garbage, another format, another shop's value, one of another database that shares the Redis.
 */
export function decodeEntry(key: string, bytes: Buffer, history: number): Loaded<unknown> | undefined {
  if (bytes.length <= VERSIONS_AT || bytes[0] !== FORMAT || bytes.readUInt32BE(HISTORY_AT) !== history)
    return undefined;
  if (bytes.readUInt32BE(SEAL_AT) !== sealOf(key, bytes)) return undefined;
  const reader = new ByteReader(bytes, VERSIONS_AT);
  const versions = { shop: reader.count(), barber: reader.count(), day: reader.count() };
  const loadedAt = bytes.readUIntBE(LOADED_AT, VERSIONS_AT - LOADED_AT);
  const isDay = reader.count() === DAY_CONTENT;
  const value: unknown = isDay ? readDay(reader) : JSON.parse(bytes.toString('utf8', reader.at));
  return { value, versions, loadedAt };
}

/** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/: keeps out mistakes, not forgers, who could write what they want. */
export function fnv1a(text: string, hash = 0x811c9dc5): number {
  let sum = hash;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}

function sealOf(key: string, bytes: Uint8Array): number {
  let sum = fnv1a(key);
  for (let i = ORDER_AT; i < bytes.length; i++) sum = Math.imul(sum ^ (bytes[i] ?? 0), 0x01000193);
  return sum >>> 0;
}
