import { momentOf } from './booker.ts';
import type { Moment } from './judge.ts';
import type { Scene } from './scene.ts';

/** Changes something as an administrator, on the first server; answers with when that was acknowledged. */
export async function administer(
  { servers, admin }: Scene,
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  body: object,
): Promise<Moment> {
  const reply = await servers[0]?.client.send(method, `/api/v2/admin/${path}`, body, admin);
  if (reply === undefined || reply.status >= 300) throw new Error(`Refused: ${JSON.stringify(reply?.body)}`);
  return momentOf(reply);
}
