import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { useMe } from '../api/session.ts';
import { shopOfQuery } from '../api/where.ts';
import type { Shop } from '../api/wire.ts';
import { Gate } from '../ui/gate.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Shell } from '../ui/shell.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { frameWords } from '../words/cache/frame.ts';
import { useWords } from '../words/language.ts';
import { Dashboard } from './dashboard.tsx';
import { PlaceContext } from './frame/place.ts';
import { useVisible, Watching } from './frame/watching.ts';
import './page.css';

/** For administrators: how the cache is, was and will be, and what can be done about it. */
export function Page() {
  const words = useWords(frameWords);
  const shop = shopOfQuery();
  const me = useMe(shop);
  const about = useResource(`shop ${shop ?? ''}`, (signal) =>
    api.get<Shop>('/api/v2/shop', { query: { shop }, signal }),
  );
  const [paused, setPaused] = useState(false);
  const visible = useVisible();
  const isOwner = me.value?.roles.some(({ shop: of, role }) => of === null && role === 'admin') ?? false;

  return (
    <Shell title={words.title} page="cache" wide shop={shop} shopName={about.value?.name} me={me.value}>
      <div class="cache">
        <header class="cache-lead">
          <h1>{words.title}</h1>
          <p class="muted">{words.lead}</p>
        </header>
        <Gate me={me.value} error={me.error} atLeast="admin">
          <ErrorNotice error={about.value === undefined ? about.error : undefined} />
          {about.value === undefined ? (
            <Skeleton height="9rem" lines={4} />
          ) : (
            <PlaceContext.Provider value={{ shop, timezone: about.value.timezone, isOwner }}>
              <Watching.Provider value={visible && !paused}>
                <Dashboard paused={paused} onPause={setPaused} />
              </Watching.Provider>
            </PlaceContext.Provider>
          )}
        </Gate>
      </div>
    </Shell>
  );
}
