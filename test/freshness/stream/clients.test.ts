import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { DATE } from '../instances.ts';
import { hold, useStreams } from './streaming.ts';

const scene = useStreams();
const { start } = scene;

describe('whoever goes away', () => {
  test('leaves nothing behind, two hundred of them', async () => {
    const one = await start();
    const day = await hold(scene.db, scene.shop, 3_600_000);
    const clients = Array.from({ length: 200 }, async (_, i) => {
      const stream = await one.listen({
        ...(i % 2 === 0 && { target_date: i % 4 === 0 ? day : DATE }),
        ...(i % 3 === 0 && { barber_id: i % 2 === 0 ? scene.ana : scene.ben }),
      });
      // Some before the first byte, some after it.
      if (i % 5 === 0) await stream.comment();
      stream.leave();
    });
    await Promise.all(clients);
    while (one.admission.open > 0) await new Promise(setImmediate);
    expect(one.hub.counts).toEqual({ subscribers: 0, topics: 0, timers: 0 });
    const connections = await new Promise((resolve, reject) =>
      one.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
    expect(connections).toBe(0);
    expect((await one.listen()).status).toBe(200);
  });

  test('was never counted where only the head was asked for', async () => {
    const one = await start();
    const { status } = await fetch(`${one.url}/stream`, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(one.admission.open).toBe(0);
    expect(one.hub.counts.subscribers).toBe(0);
  });

  test('does so while the shop is looked up', async () => {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const one = await start({
      wrap: (source) => ({
        ...source,
        async find(slug) {
          await gate;
          return source.find(slug);
        },
      }),
    });
    const arrived = new Promise<IncomingMessage>((resolve) => {
      one.app.server.once('request', resolve);
    });
    const asked = one.listen();
    const refused = expect(asked).rejects.toThrow();
    const { socket } = await arrived;
    socket.destroy();
    await refused;
    letGo();
    const next = await one.listen();
    while (one.admission.open > 1) await new Promise(setImmediate);
    expect(one.hub.counts).toMatchObject({ subscribers: 1, topics: 1 });
    next.leave();
  });
});
