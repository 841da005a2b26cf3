// A server of its own for one side of a comparison, started by servers.js: Freshchair's, or a bare Fastify.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import Fastify from 'fastify';

/** https://fastify.dev/docs/latest/Reference/Hooks/#diagnostics-channel-hooks */
const CREATED = 'fastify.initialization';
const CONSTANT = '/constant';
const { kind, settings, body, redisUrl } = JSON.parse(process.argv[2] ?? '{}');

const { url, close } = kind === 'bare' ? await startBare() : await startFreshchair();
process.on('message', () => process.send({ cpu: process.cpuUsage() }));
process.on('disconnect', () => void close());
process.send({ url });

/**
 * What `npm start` starts, with one more route behind the same plug-ins, which answers with a constant; and with
 * `redisUrl` some for the peers.
 */
async function startFreshchair() {
  const { addPeers } = await import('../peers/routes.js');
  let closePeers = async () => {};
  const addRoutes = ({ fastify }) => {
    // The server makes itself another Fastify for a moment.
    unsubscribe(CREATED, addRoutes);
    addConstant(fastify);
    if (redisUrl !== undefined)
      closePeers = addPeers(fastify, { databaseUrl: settings.DATABASE_URL, redisUrl });
  };
  subscribe(CREATED, addRoutes);
  const { loadConfig } = await import('../../dist/config.js');
  const { createLogger } = await import('../../dist/log.js');
  const { startServer } = await import('../../dist/main.js');
  const config = loadConfig(settings);
  const { url, close } = await startServer(config, { log: createLogger(config.LOG_LEVEL) });
  return { url, close: () => close().finally(closePeers) };
}

async function startBare() {
  const app = Fastify();
  addConstant(app);
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}

function addConstant(app) {
  app.get(CONSTANT, (_request, reply) => {
    reply.type('application/json; charset=utf-8').send(body);
  });
}
