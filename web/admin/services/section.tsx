import { api } from '../../api/client.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { savingWords } from '../../words/admin/saving.ts';
import { servicesWords } from '../../words/admin/services.ts';
import { useWords } from '../../words/language.ts';
import { usePlace } from '../frame/address.ts';
import { Heading } from '../frame/heading.tsx';
import { Link } from '../frame/link.tsx';
import { useBarbers, useServices } from '../frame/lists.ts';
import { useScope } from '../frame/scope.ts';
import { useSave } from '../saving/use-save.ts';
import type { ManagedService } from '../wire.ts';
import { ServiceForm } from './form.tsx';
import { ServiceList } from './list.tsx';

/** What the shop offers: all of it, or one service to change. */
export function ServicesSection() {
  const words = useWords(servicesWords);
  const saving = useWords(savingWords);
  const { slug } = useScope();
  const { item } = usePlace();
  const services = useServices();
  const barbers = useBarbers();
  const save = useSave();
  const list = { shop: slug, section: 'services' } as const;
  const chosen = services.value?.find(({ id }) => String(id) === item);
  const missing = services.value === undefined || barbers.value === undefined;
  const unread = missing ? (services.error ?? barbers.error) : undefined;

  async function setActive(service: ManagedService, active: boolean) {
    const answer = await save.run(
      () =>
        api.patch<ManagedService>(`/api/v2/admin/services/${service.id}`, {
          query: { shop: slug },
          body: { active },
        }),
      { said: active ? words.broughtBack(service.name) : words.retired(service.name) },
    );
    if (answer !== undefined) services.reload();
  }

  if (item !== undefined)
    return (
      <>
        <Link class="admin-back" to={list}>
          ← {words.all}
        </Link>
        <ErrorNotice error={unread} />
        {missing ? (
          <Skeleton height="4rem" lines={6} />
        ) : (
          <>
            <Heading>{item === 'new' ? words.add : (chosen?.name ?? words.gone)}</Heading>
            {(item === 'new' || chosen) && (
              <ServiceForm
                key={item}
                service={chosen}
                barbers={barbers.value ?? []}
                onSaved={services.reload}
              />
            )}
          </>
        )}
      </>
    );

  return (
    <>
      <Heading about={words.about}>{words.title}</Heading>
      <p>
        <Link class="button primary" to={{ ...list, item: 'new' }}>
          {words.add}
        </Link>
      </p>
      <ErrorNotice error={save.error ?? unread} />
      {missing ? (
        <Skeleton height="4.5rem" lines={4} />
      ) : (
        <ServiceList
          services={services.value ?? []}
          barbers={barbers.value ?? []}
          change={saving.change}
          onActive={(service, active) => void setActive(service, active)}
        />
      )}
    </>
  );
}
