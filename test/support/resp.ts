/** A value of Redis' protocol, so far as commands of ours are answered with it; an error is an `Error`. */
export type Resp = Buffer | string | number | null | Error | readonly Resp[];

interface Parsed {
  readonly value: Resp;
  readonly end: number;
}

/** Takes what one side of a connection says, in whatever pieces, and answers with the values that are whole. */
export function createRespReader(): (chunk: Buffer) => Resp[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const values: Resp[] = [];
    let at = 0;
    for (let parsed = parse(rest, at); parsed !== undefined; parsed = parse(rest, at)) {
      values.push(parsed.value);
      at = parsed.end;
    }
    rest = rest.subarray(at);
    return values;
  };
}

/** https://redis.io/docs/latest/develop/reference/protocol-spec/ */
function parse(bytes: Buffer, from: number): Parsed | undefined {
  const lineEnd = bytes.indexOf('\r\n', from);
  if (lineEnd < 0) return undefined;
  const [type, line] = [String.fromCharCode(bytes[from] ?? 0), bytes.toString('latin1', from + 1, lineEnd)];
  const end = lineEnd + 2;
  const count = Number(line);
  if (type === '+') return { value: line, end };
  if (type === '-') return { value: new Error(line), end };
  if (type === ':') return { value: count, end };
  if (type === '_' || count < 0) return { value: null, end };
  if (type === '$' || type === '=')
    return bytes.length < end + count + 2
      ? undefined
      : { value: Buffer.from(bytes.subarray(end, end + count)), end: end + count + 2 };
  // A map has two for each.
  const length = type === '%' ? 2 * count : count;
  if (type !== '*' && type !== '%') throw new Error(`This is no Redis: ${type}`);
  const parts: Resp[] = [];
  let at = end;
  while (parts.length < length) {
    const part = parse(bytes, at);
    if (part === undefined) return undefined;
    parts.push(part.value);
    at = part.end;
  }
  return { value: parts, end: at };
}
