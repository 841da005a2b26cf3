import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../support/test-database.ts';
import {
  createPlace,
  FRESHCHAIR,
  killServers,
  type Place,
  type RunningServer,
  request,
  run,
  serve,
  signUp,
} from './freshchair.ts';

let place: Place;

beforeAll(async () => {
  place = await createPlace();
});
afterEach(killServers);
afterAll(() => place.remove());

const env = () => ({ DATA_DIR: place.dataDir, LOG_LEVEL: 'warn' });

/** What a terminal does at Ctrl-C. */
async function pressCtrlC(server: RunningServer) {
  process.kill(-server.pid, 'SIGINT');
  return server.ended;
}

const PRESS_EVERY_MS = 50;

/** A request whose body does not come: the server has seen its head, and does not stop before it is whole. */
async function unfinishedRequest(server: RunningServer) {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  socket.write(
    'POST /api/v2/bookings/create HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n' +
      'content-length: 9\r\nexpect: 100-continue\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}

async function bookNextFree(url: string, token: string) {
  const { body } = await request(`${url}/api/v2/bookings/next-available?service=Haircut`);
  const { datetime: start, barber_id } = body.next_available;
  return request(`${url}/api/v2/bookings/create`, { start, barber_id, service: 'Haircut' }, token);
}

// Each starts a server or two, on a machine that may be busy with other tests.
describe('freshchair serve', { timeout: 90_000 }, () => {
  it('goes from nothing to a booking, which is there after Ctrl-C and a second start', async () => {
    const first = await serve(env());
    const [, email, password] =
      /Administrator\s+(\S+)\s+Password\s+(\S+) \(made up/.exec(first.output()) ?? [];
    expect(email).toBe('admin@example.com');
    const signedIn = await request(`${first.url}/api/auth/sign-in/email`, { email, password });
    expect(signedIn.status).toBe(200);
    expect((await request(`${first.url}/docs`)).status).toBe(200);

    const token = await signUp(first.url);
    const booked = await bookNextFree(first.url, token);
    expect(booked.status).toBe(201);
    const again = { start: booked.body.start, barber_id: booked.body.barber_id, service: 'Haircut' };
    const other = await signUp(first.url, 'grace@example.com');
    const refused = await request(`${first.url}/api/v2/bookings/create`, again, other);
    expect(refused).toMatchObject({ status: 409, body: { code: 'slot_taken' } });

    expect(await pressCtrlC(first)).toEqual({ code: 0, signal: null });
    expect(first.output()).toMatch(/Stopping …\nStopped\.\n$/);
    expect(await place.postmaster()).toBeUndefined();

    const second = await serve(env());
    expect(second.output()).toMatch(/Administrator\s+admin@example.com\s+Password\s+as chosen/);
    expect(second.output()).not.toContain(password);
    const found = await request(`${second.url}/api/v2/bookings/${booked.body.id}`, undefined, token);
    expect(found).toMatchObject({ status: 200, body: { id: booked.body.id, status: 'confirmed' } });
    expect(await pressCtrlC(second)).toEqual({ code: 0, signal: null });
  });

  it('leaves the data to the one who has it, with a sentence', async () => {
    const server = await serve(env());
    const second = await run(['serve'], { ...env(), PORT: '0' });
    expect(second).toEqual({
      code: 1,
      stdout: '',
      stderr: `Another Freshchair (process ${server.pid}) is using the data in ${place.dataDir}: stop it, or choose another DATA_DIR.\n`,
    });
    expect((await request(`${server.url}/health`)).body.status).toBe('healthy');
    await pressCtrlC(server);
  });

  it('stops what it started when its port is taken', async () => {
    const server = await serve({ DATA_DIR: `${place.dataDir}-other`, SEED_DEMO: 'false', LOG_LEVEL: 'warn' });
    const { port } = new URL(server.url);
    const second = await run(['serve'], { ...env(), PORT: port });
    expect(second.stderr).toBe(
      `Port ${port} of 127.0.0.1 is in use: stop what is listening there, or set PORT (0 takes any that is free).\n`,
    );
    expect(second.code).toBe(1);
    expect(await place.postmaster()).toBeUndefined();
    await pressCtrlC(server);
  });

  it('stops in order when npm is killed, which tells only the shell in between', async () => {
    const server = await serve(
      { ...env(), npm_lifecycle_event: 'start' },
      `'${process.execPath}' '${FRESHCHAIR}' serve; exit`,
    );
    process.kill(server.pid, 'SIGTERM');
    await server.ended;
    expect(server.output()).toMatch(/Stopping …\nStopped\.\n$/);
    expect(await place.postmaster()).toBeUndefined();
  });

  it('takes both signals of one Ctrl-C under npm for one, and waits for a request to end', async () => {
    const server = await serve(env());
    const socket = await unfinishedRequest(server);
    process.kill(server.pid, 'SIGINT');
    await server.prints(/Stopping …/);
    process.kill(server.pid, 'SIGINT');
    socket.end('{"a":"b"}');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.output()).toMatch(/Stopping …\nStopped\.\n$/);
  });

  it('does not wait for a request when Ctrl-C is pressed on and on', async () => {
    const server = await serve(env());
    const socket = await unfinishedRequest(server);
    const presses = setInterval(() => void server.stop('SIGINT'), PRESS_EVERY_MS);
    expect(await server.ended.finally(() => clearInterval(presses))).toEqual({ code: 130, signal: null });
    expect(server.output()).not.toContain('Stopped.');
    socket.destroy();

    // Postgres was left behind; the next start takes it over, and stops it.
    const left = await place.postmaster();
    expect(left).toBeDefined();
    const next = await serve({ ...env(), LOG_LEVEL: 'info' });
    expect(next.output()).toContain(`Took over the Postgres that was left running (process ${left}).`);
    await pressCtrlC(next);
    expect(await place.postmaster()).toBeUndefined();
  });

  it('uses the Postgres of DATABASE_URL, with an empty shop, and starts none of its own', async () => {
    const database = await createTestDatabase({ migrated: false });
    const elsewhere = `${place.dataDir}-unused`;
    const server = await serve({ ...env(), DATABASE_URL: database.connectionString, DATA_DIR: elsewhere });
    const { body } = await request(`${server.url}/api/v2/shop`);
    expect(body).toMatchObject({ slug: 'main', timezone: 'UTC' });
    expect((await request(`${server.url}/api/v2/barbers`)).body).toMatchObject({ items: [] });
    expect(await pressCtrlC(server)).toEqual({ code: 0, signal: null });
    await database.close();
  });
});
