import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { type Part, parseMail } from './mime.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly mail: Part;
}

export interface MailServer {
  readonly port: number;
  readonly url: string;
  /** What was accepted, in its order. */
  readonly received: readonly ReceivedMail[];
  /** Resolves when so many were accepted. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface MailServerOptions {
  readonly port?: number;
  /** The reply to RCPT TO where it is not yes. */
  readonly refuse?: (recipient: string) => number | undefined;
  /** The reply to the text of a mail where it is not yes. */
  readonly refuseText?: (recipient: string) => number | undefined;
  /** Awaited between the end of a mail's text and the reply. */
  readonly beforeReply?: (recipient: string) => Promise<void> | undefined;
  readonly smtp?: SMTPServerOptions;
}

/** A real SMTP server on 127.0.0.1, which keeps what it gets. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { refuse, refuseText, beforeReply } = options;
  const received: ReceivedMail[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    // Or it warns of its own certificate.
    logger: false,
    ...options.smtp,
    onRcptTo: ({ address }, _session, done) => done(replyWith(refuse?.(address))),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const to = envelope.rcptTo.map(({ address }) => address).join();
        await beforeReply?.(to);
        const refusal = replyWith(refuseText?.(to));
        if (refusal === null) {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          received.push({ from, to, mail: parseMail(Buffer.concat(chunks).toString('latin1')) });
          for (const { count, resolve } of waiting) if (received.length >= count) resolve();
        }
        done(refusal);
      });
    },
  });
  // A client that leaves in the middle.
  server.on('error', () => {});
  const port = await new Promise<number>((resolve) => {
    const socket = server.listen(options.port ?? 0, '127.0.0.1', () => resolve(portOf(socket.address())));
  });
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    arrived: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface RudeServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Plays along until `misbehave` says that it took over, at the greeting (line ``) or after a line of the client. */
export async function startRudeServer(
  misbehave: (line: string, socket: Socket) => boolean,
): Promise<RudeServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let inText = false;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (const line of String(data).split('\r\n').filter(Boolean)) {
        if (misbehave(line, socket)) return;
        if (inText && line !== '.') continue;
        inText = line === 'DATA';
        socket.write(inText ? '354 go on\r\n' : '250 yes\r\n');
      }
    });
    if (!misbehave('', socket)) socket.write('220 hello\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${portOf(server.address())}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function replyWith(code: number | undefined): Error | null {
  return code === undefined
    ? null
    : Object.assign(new Error('5.1.1 <somebody@example.com> no'), { responseCode: code });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen');
  return address.port;
}
