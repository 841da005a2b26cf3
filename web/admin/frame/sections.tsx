import { api, everything } from '../../api/client.ts';
import { useResource } from '../../api/resource.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BarbersSection } from '../barbers/section.tsx';
import { ClosuresSection } from '../closures/section.tsx';
import { PeopleSection } from '../people/section.tsx';
import { ServicesSection } from '../services/section.tsx';
import { HoursSection } from '../settings/hours.tsx';
import { NewShopSection } from '../settings/new-shop.tsx';
import { SettingsSection } from '../settings/section.tsx';
import type { AdminShop } from '../wire.ts';
import { usePlace } from './address.ts';
import { Menu } from './menu.tsx';
import { useScope } from './scope.ts';

/** What an administrator sees: the menu of sections, and the one that the address names. */
export function Sections() {
  const { slug } = useScope();
  const settings = useResource(`settings ${slug ?? ''}`, (signal) =>
    api.get<AdminShop>('/api/v2/admin/shop', { query: { shop: slug }, signal }),
  );
  const shops = useResource('shops', (signal) => everything<AdminShop>('/api/v2/admin/shops', { signal }));
  const shop = settings.current ? settings.value : undefined;
  return (
    <div class="admin-sections">
      <Menu shops={shops.value ?? []} />
      <div class="admin-section">
        <ErrorNotice error={shop === undefined ? settings.error : undefined} />
        {shop === undefined ? (
          <Skeleton height="3rem" lines={6} />
        ) : (
          <Section shop={shop} onShopChange={settings.reload} onNewShop={shops.reload} />
        )}
      </div>
    </div>
  );
}

interface SectionProps {
  readonly shop: AdminShop;
  readonly onShopChange: () => void;
  readonly onNewShop: () => void;
}

function Section({ shop, onShopChange, onNewShop }: SectionProps) {
  const { section } = usePlace();
  // What is shown of one shop is not what is shown of another.
  const key = `${shop.id} ${section}`;
  switch (section) {
    case 'hours':
      return <HoursSection key={key} shop={shop} onChange={onShopChange} />;
    case 'closures':
      return <ClosuresSection key={key} />;
    case 'services':
      return <ServicesSection key={key} />;
    case 'barbers':
      return <BarbersSection key={key} />;
    case 'people':
      return <PeopleSection key={key} />;
    case 'settings':
      return <SettingsSection key={key} shop={shop} onChange={onShopChange} />;
    case 'new-shop':
      return <NewShopSection key={key} onNewShop={onNewShop} />;
  }
}
