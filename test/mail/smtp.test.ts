import { describe, expect, onTestFinished, test } from 'vitest';
import { createSmtpTransport } from '../../src/mail/smtp.ts';
import type { MailSession, Message } from '../../src/mail/transport.ts';
import { startMailServer, startRudeServer } from './mail-server.ts';
import { FROM } from './mails.ts';

const MESSAGE: Message = {
  messageId: '<1@example.com>',
  date: new Date('2026-11-22T20:00:00Z'),
  from: FROM,
  to: 'ada@example.com',
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>',
};
const never = new AbortController().signal;

async function opened(url: string, signal = never): Promise<MailSession> {
  const result = await createSmtpTransport({ url }).open(signal);
  if (result.kind === 'unreachable') throw new Error(result.reason);
  onTestFinished(() => result.session.close());
  return result.session;
}

describe('with a password', () => {
  const credentials = { user: 'me@example.com', pass: 'p@ss word' };
  const login = `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.pass)}`;

  async function server(smtp = {}) {
    const signIns: unknown[] = [];
    const started = await startMailServer({
      smtp: {
        disabledCommands: [],
        onAuth({ username: user, password: pass }, { secure }, done) {
          signIns.push({ user, pass, secure });
          const fits = user === credentials.user && pass === credentials.pass;
          done(null, fits ? { user } : {});
        },
        ...smtp,
      },
    });
    onTestFinished(started.close);
    return { ...started, signIns };
  }

  test.each([
    ['smtps', { secure: true }],
    ['smtp', {}],
  ])('%s signs in over TLS', async (scheme, smtp) => {
    const { port, received, signIns } = await server(smtp);
    const url = `${scheme}://${login}@127.0.0.1:${port}?tls.rejectUnauthorized=false`;
    expect(await (await opened(url)).send(MESSAGE)).toEqual({ kind: 'sent' });
    expect(signIns).toEqual([{ ...credentials, secure: true }]);
    expect(received).toHaveLength(1);
  });

  test('a certificate that nobody vouches for is refused', async () => {
    const { port, signIns } = await server({ secure: true });
    const { open } = createSmtpTransport({ url: `smtps://${login}@127.0.0.1:${port}` });
    expect(await open(never)).toMatchObject({ kind: 'unreachable' });
    expect(signIns).toEqual([]);
  });

  test('one that is wrong is told as a code, without the password', async () => {
    const { port } = await server({ secure: true });
    const url = `smtps://me:wrong@127.0.0.1:${port}?tls.rejectUnauthorized=false`;
    const result = await createSmtpTransport({ url }).open(never);
    expect(result).toEqual({ kind: 'unreachable', reason: 'AUTH PLAIN EAUTH 535' });
  });

  test.each([
    ['is not sent in the clear to another machine', '[::ffff:127.0.0.1]', '', 0],
    ['unless the operator allows it', '[::ffff:127.0.0.1]', '?requireTLS=false', 1],
    ['nor is it kept from this machine', '127.0.0.1', '', 1],
  ])('it %s', async (_what, host, query, signedIn) => {
    const { port, signIns } = await server({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const { open } = createSmtpTransport({ url: `smtp://${login}@${host}:${port}${query}` });
    const result = await open(never);
    if (result.kind === 'open') result.session.close();
    expect(signIns).toHaveLength(signedIn);
  });

  test('a server that offers no sign-in gets no mail', async () => {
    const started = await startMailServer();
    onTestFinished(started.close);
    const { open } = createSmtpTransport({ url: `smtp://${login}@127.0.0.1:${started.port}` });
    expect(await open(never)).toEqual({ kind: 'unreachable', reason: 'Error: AUTH is not offered' });
  });
});

test('a host that does not exist is told as a code', async () => {
  const { open } = createSmtpTransport({ url: 'smtp://mail.invalid' });
  expect(await open(never)).toEqual({ kind: 'unreachable', reason: expect.stringMatching(/^CONN /) });
});

test.each([
  ['before the text, it was not sent', 'RCPT', 'not_sent'],
  ['after the text, nobody knows', '.', 'unknown'],
])('a mail that is cut off %s', async (_what, where, kind) => {
  const cut = new AbortController();
  const server = await startRudeServer((line) => {
    const reached = line.startsWith(where);
    if (reached) cut.abort();
    return reached;
  });
  onTestFinished(server.close);
  const session = await opened(server.url, cut.signal);
  expect(await session.send(MESSAGE)).toEqual({ kind, reason: 'Error: Cut off' });
});

test('one connection carries several mails', async () => {
  let connections = 0;
  const server = await startMailServer({
    smtp: {
      onConnect(_session, done) {
        connections += 1;
        done();
      },
    },
  });
  onTestFinished(server.close);
  const session = await opened(server.url);
  for (let n = 0; n < 3; n++) expect(await session.send(MESSAGE)).toEqual({ kind: 'sent' });
  expect(server.received).toHaveLength(3);
  expect(connections).toBe(1);
});

test.each(['not an address', 'a@b@c', '', 'ada@example.com>\r\nRCPT TO:<eve@example.com'])(
  'to %j nothing goes out',
  async (to) => {
    const server = await startMailServer();
    onTestFinished(server.close);
    const delivery = await (await opened(server.url)).send({ ...MESSAGE, to });
    expect(delivery).toMatchObject({ kind: 'refused' });
    expect(server.received).toEqual([]);
  },
);
