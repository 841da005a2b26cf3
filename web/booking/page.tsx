import { useMe } from '../api/session.ts';
import { shopOfQuery } from '../api/where.ts';
import { Shell } from '../ui/shell.tsx';

export function Page() {
  const shop = shopOfQuery();
  const me = useMe(shop);
  return (
    <Shell title="booking" page="book" shop={shop} me={me.value}>
      <h1>booking</h1>
    </Shell>
  );
}
