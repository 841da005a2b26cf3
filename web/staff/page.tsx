import { api, everything } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { useMe } from '../api/session.ts';
import { shopOfQuery } from '../api/where.ts';
import type { Barber, Shop } from '../api/wire.ts';
import { Gate } from '../ui/gate.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Shell } from '../ui/shell.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useWords } from '../words/language.ts';
import { staffWords } from '../words/staff.ts';
import { Desk } from './desk.tsx';
import './page.css';

/** The day's work, for barbers and administrators of the shop. */
export function Page() {
  const slug = shopOfQuery();
  const words = useWords(staffWords);
  const me = useMe(slug);
  const known = useResource(`shop ${slug ?? ''}`, async (signal) => {
    const [shop, barbers] = await Promise.all([
      api.get<Shop>('/api/v2/shop', { query: { shop: slug }, signal }),
      everything<Barber>('/api/v2/barbers', { query: { shop: slug }, signal }),
    ]);
    return { shop, barbers };
  });
  const isStaff = me.value?.role === 'barber' || me.value?.role === 'admin';
  return (
    <Shell
      title={words.title}
      page="staff"
      shop={slug}
      shopName={known.value?.shop.name}
      me={me.value}
      wide={isStaff}
    >
      {isStaff && known.value !== undefined ? (
        <Desk slug={slug} {...known.value} />
      ) : (
        <div class="stack">
          <h1>{words.title}</h1>
          <ErrorNotice error={known.error ?? (me.value === undefined ? me.error : undefined)} />
          <Gate me={me.value} error={me.error} atLeast="barber">
            <Skeleton height="4rem" lines={6} />
          </Gate>
        </div>
      )}
    </Shell>
  );
}
