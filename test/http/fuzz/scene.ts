import { once } from 'node:events';
import { createShop, everyDay } from '../../support/shop.ts';
import { PASSWORD, startTestServer, type TestServer } from '../server.ts';
import type { World } from './known.ts';
import { type Operation, operationsOf } from './operations.ts';
import type { Company } from './send.ts';
import { createTargets } from './targets.ts';

export interface Scene {
  readonly server: TestServer;
  readonly world: World;
  readonly company: Company;
  readonly operations: readonly Operation[];
  close(): Promise<void>;
}

/** A server with two shops: one to book at, and one to administer. */
export async function openScene(): Promise<Scene> {
  const server = await startTestServer();
  const { db, pool } = server.database;
  const hours = everyDay('08:00', '20:00');
  const services = { Haircut: [30], Shave: [30, 0, 5], 'Cut & colour': [60] } as const;
  // The first of them is meant where a request names none, and has a stranger for its first barber.
  const managed = await createShop(db, {
    barbers: ['Eve', 'Ana', 'Ben'],
    hours,
    services: { Wash: [15], Dye: [45] },
  });
  const shop = await createShop(db, { barbers: ['Ana', 'Ben', 'Cy'], hours, services });
  const targets = createTargets(server, shop, managed);
  const at = (role: 'barber' | 'admin') => [shop, managed].map(({ id }) => ({ shop: id, role }));
  await targets.account();
  const company: Company = {
    targets,
    accounts: {
      client: await targets.account(),
      barber: await targets.account(...at('barber')),
      admin: await targets.account(...at('admin')),
      owner: await targets.account({ shop: null, role: 'admin' }),
    },
  };
  const [chair = 0] = shop.barberIds;
  const [, managedChair = 0] = managed.barberIds;
  await pool.query('update barber set user_id = $1 where id = any($2)', [
    company.accounts.barber.id,
    [chair, managedChair],
  ]);
  const email = 'known@example.com';
  await server.signUp(email);
  const world: World = {
    shop: shop.slug,
    barberIds: shop.barberIds,
    services: Object.keys(services),
    chair,
    managed: managed.slug,
    managedChair,
    managedBarberIds: managed.barberIds,
    managedServiceIds: Object.values(managed.serviceIds),
    clientId: company.accounts.client.id,
    email,
    password: PASSWORD,
  };
  return {
    server,
    world,
    company,
    operations: operationsOf(server.app),
    async close() {
      // better-auth answers before the last of its queries about keys is through.
      while (pool.idleCount < pool.totalCount) await once(pool, 'release');
      await server.close();
    },
  };
}
