import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * What Node's own `closeIdleConnections` leaves open when the server closes: connections on which nothing was
 * ever sent (browsers open them in advance; they would stay for a minute), and those whose answer is under way.
 */
export function addGracefulClose(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  let closing = false;

  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', (done) => {
    closing = true;
    for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
}
