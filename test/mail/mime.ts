/** A mail, or a part of one, as it came over the wire (RFC 5322, 2045 to 2047): as much of it as our mails use. */
export interface Part {
  /** By lower-case name, decoded. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without parameters, such as `text/plain`. */
  readonly type: string;
  /** Empty for a multipart. */
  readonly content: string;
  readonly parts: readonly Part[];
}

export function parseMail(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const headers: Record<string, string> = {};
  for (const line of unfold(raw.slice(0, end)).split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (name in headers) throw new Error(`Two headers ${name}`);
    headers[name] = decodeWords(line.slice(colon + 1).trim());
  }
  const body = raw.slice(end + 4);
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  const parts = boundary === undefined ? [] : body.split(`--${boundary}`).slice(1, -1);
  return {
    headers,
    type: type.split(';')[0] ?? '',
    content: boundary === undefined ? decode(body, headers['content-transfer-encoding']) : '',
    // The line end before a boundary belongs to it.
    parts: parts.map((part) => parseMail(part.slice(2, -2))),
  };
}

/** The part of this type, wherever in the mail it is. */
export function partOf(mail: Part, type: string): Part | undefined {
  if (mail.type === type) return mail;
  for (const part of mail.parts) {
    const found = partOf(part, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Continued lines as one, in headers and in iCalendar alike (there the blank goes, too). */
export function unfold(text: string, blank = '$1'): string {
  return text.replace(/\r\n([ \t])/g, blank);
}

function decode(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  const bytes = encoding === 'quoted-printable' ? unquote(body.replace(/=\r\n/g, '')) : body;
  return Buffer.from(bytes, 'latin1').toString();
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)].map(([, kind, value = '']) =>
          kind?.toLowerCase() === 'b'
            ? Buffer.from(value, 'base64')
            : Buffer.from(unquote(value.replaceAll('_', ' ')), 'latin1'),
        ),
      ).toString(),
    );
}

function unquote(text: string): string {
  return text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
