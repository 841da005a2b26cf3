import type { Person, Scene } from '../scene.ts';

/** Gives a new account this role at the demo shop. */
export async function appointed(scene: Scene, name: string, role: 'barber' | 'admin'): Promise<Person> {
  const person = await scene.client(name);
  const id = await idOf(scene, person);
  const path = `/api/v2/admin/users/${id}/role`;
  await scene.ask('PUT', path, { role, email: person.email }, scene.administrator);
  return person;
}

/** A new barber of that name, and the account that signs in as it: as they are after an invitation was accepted. */
export async function seated(scene: Scene, name: string): Promise<{ barberId: number; person: Person }> {
  const { id: barberId } = await scene.ask<{ id: number }>(
    'POST',
    '/api/v2/admin/barbers',
    { name },
    scene.administrator,
  );
  const person = await appointed(scene, name, 'barber');
  await scene.database.pool.query('update barber set user_id = $1 where id = $2', [
    await idOf(scene, person),
    barberId,
  ]);
  return { barberId, person };
}

async function idOf({ database }: Scene, { email }: Person): Promise<number> {
  const { rows } = await database.pool.query('select id from "user" where email = $1', [email]);
  return rows[0].id;
}
