import { api } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { useMe } from '../api/session.ts';
import type { Shop } from '../api/wire.ts';
import { Gate } from '../ui/gate.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Shell } from '../ui/shell.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { frameWords } from '../words/admin/frame.ts';
import { useWords } from '../words/language.ts';
import './admin.css';
import { OwnChair } from './chair/own-chair.tsx';
import { usePlace } from './frame/address.ts';
import { ScopeProvider } from './frame/scope.ts';
import { Sections } from './frame/sections.tsx';

/** The administration of a shop; to a barber, when they work themselves. */
export function Page() {
  const words = useWords(frameWords);
  const { shop: slug } = usePlace();
  const me = useMe(slug);
  const shop = useResource(`shop ${slug ?? ''}`, (signal) =>
    api.get<Shop>('/api/v2/shop', { query: { shop: slug }, signal }),
  );
  const who = me.current ? me.value : undefined;
  const isAdmin = who?.role === 'admin';
  const title = who?.role === 'barber' ? words.own : words.title;
  const reload = () => {
    me.reload();
    shop.reload();
  };

  return (
    <Shell
      title={title}
      page={who?.role === 'barber' ? 'hours' : 'admin'}
      shopName={shop.value?.name}
      shop={slug}
      me={me.value}
    >
      <h1>{title}</h1>
      <ErrorNotice error={shop.current ? undefined : (me.error ?? shop.error)} />
      <div class="admin">
        <Gate me={who} error={me.error} atLeast="barber">
          {who && shop.value && shop.current ? (
            <ScopeProvider value={{ slug, shop: shop.value, me: who, reload }}>
              {isAdmin ? <Sections /> : <OwnChair />}
            </ScopeProvider>
          ) : (
            <Skeleton height="3rem" lines={6} />
          )}
        </Gate>
      </div>
    </Shell>
  );
}
