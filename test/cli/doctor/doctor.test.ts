import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { doctorCommand } from '../../../src/cli/doctor/doctor.ts';
import type { Finding } from '../../../src/cli/doctor/finding.ts';
import { judgeAddress, lookAtAddress } from '../../../src/cli/doctor/server.ts';
import { freePort } from '../../support/ports.ts';
import { createPlace, killServers, type Place, run, serve } from '../freshchair.ts';
import { runHere } from '../in-process.ts';
import { of } from './verdicts.ts';

let place: Place;

beforeAll(async () => {
  place = await createPlace();
});
afterEach(killServers);
afterAll(() => place.remove());

/** What was found, by the program's --json. */
function findingsOf(stdout: string): readonly Finding[] {
  return JSON.parse(stdout).findings;
}

describe('freshchair doctor', { timeout: 60_000 }, () => {
  it('looks at everything, and ends with 1 where there is a problem', async () => {
    const env = { DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/shop', PORT: String(await freePort()) };
    const { code, stdout, stderr } = await run(['doctor'], { ...env, NO_COLOR: '1' });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.match(/^(settings|Postgres|Redis|server)$/gm)).toHaveLength(4);
    expect(stdout).toContain('✗ Postgres, connection: Check DATABASE_URL.');
    expect(stdout).toMatch(/1 problem and 1 warning\.\n$/);
    expect(stdout).not.toContain('hunter2');
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it('lists every fault of the settings, and looks at nothing else', async () => {
    const { code, stdout } = await runHere(doctorCommand(), ['--json'], { PORT: 'http', HOST: 'a b' });
    expect(code).toBe(1);
    expect(findingsOf(stdout).map(({ area, check }) => [area, check])).toEqual([
      ['settings', 'PORT'],
      ['settings', 'HOST'],
    ]);
  });

  it('leaves an embedded Postgres to the server that has it, and asks that', async () => {
    const env = { DATA_DIR: place.dataDir, PORT: String(await freePort()) };
    const empty = await runHere(doctorCommand(), ['--json'], env);
    expect(of('data', findingsOf(empty.stdout)).message).toContain('the first start makes it');
    expect(empty.code).toBe(0);

    const server = await serve({ DATA_DIR: place.dataDir, LOG_LEVEL: 'warn' });
    const { port } = new URL(server.url);
    const during = await runHere(doctorCommand(), ['--json'], { ...env, PORT: port });
    const found = findingsOf(during.stdout);
    expect(of('data', found)).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining(`Another Freshchair (process ${server.pid})`),
    });
    expect(of('address', found).message).toContain('calls itself healthy');
    await server.stop();

    const alone = await runHere(doctorCommand(), ['--json'], env);
    expect(of('migrations', findingsOf(alone.stdout)).message).toMatch(/^All/);
    expect(alone.code).toBe(0);
    expect(await place.postmaster()).toBeUndefined();
  });

  it('says where no data can be made', async () => {
    const file = join(dirname(place.dataDir), 'file');
    await writeFile(file, '');
    const { stdout } = await runHere(doctorCommand(), ['--json'], {
      DATA_DIR: join(file, 'data'),
      PORT: '0',
    });
    expect(of('data', findingsOf(stdout)).verdict).toBe('problem');
  });
});

describe('the port of the server', () => {
  let other: Server;
  let answer = '';
  const config = () => ({ HOST: '127.0.0.1', PORT: (other.address() as AddressInfo).port });

  beforeAll(async () => {
    other = createServer((_request, response) => response.end(answer));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
  });
  afterAll(() => other.close());

  const judged = async (at: { HOST: string; PORT: number }) => judgeAddress(await lookAtAddress(at), at);

  it('is free', async () => {
    expect(await judged({ HOST: '127.0.0.1', PORT: await freePort() })).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining('is free'),
    });
  });

  it.each([
    ['healthy', 'ok'],
    ['degraded', 'warning'],
    ['unhealthy', 'problem'],
  ])('is that of a Freshchair that calls itself %s', async (status, verdict) => {
    answer = JSON.stringify({ status, services: { database: 'healthy', cache: 'unavailable' } });
    expect((await judged(config())).verdict).toBe(verdict);
  });

  it('is taken by something else', async () => {
    answer = '<html>';
    expect(await judged(config())).toMatchObject({
      verdict: 'problem',
      message: expect.stringContaining('no Freshchair'),
    });
  });

  it('is of an address that this machine does not have', async () => {
    expect(await judged({ HOST: '192.0.2.1', PORT: await freePort() })).toMatchObject({
      verdict: 'problem',
      message: expect.stringContaining('has no address 192.0.2.1'),
    });
  });
});
