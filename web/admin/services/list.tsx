import { servicesWords } from '../../words/admin/services.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { Link } from '../frame/link.tsx';
import { useScope } from '../frame/scope.ts';
import type { ManagedBarber, ManagedService } from '../wire.ts';

export interface ServiceListProps {
  readonly services: readonly ManagedService[];
  readonly barbers: readonly ManagedBarber[];
  readonly change: string;
  readonly onActive: (service: ManagedService, active: boolean) => void;
}

/** Those that are offered, and below them what is not any more. */
export function ServiceList({ services, barbers, change, onActive }: ServiceListProps) {
  const words = useWords(servicesWords);
  const { slug } = useScope();
  if (services.length === 0) return <p class="admin-empty">{words.none}</p>;
  const ordered = [...services].sort((a, b) => Number(b.active) - Number(a.active));
  return (
    <ul class="plain card admin-list">
      {ordered.map((service) => (
        <li key={service.id} class={service.active ? undefined : 'admin-retired'}>
          <About service={service} barbers={barbers} />
          <div class="admin-actions">
            {service.active && (
              <Link
                class="button quiet small"
                to={{ shop: slug, section: 'services', item: String(service.id) }}
              >
                {change}
                <span class="unseen">: {service.name}</span>
              </Link>
            )}
            <button
              type="button"
              class="button quiet small"
              onClick={() => onActive(service, !service.active)}
            >
              {service.active ? words.retire : words.bringBack}
              <span class="unseen">: {service.name}</span>
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function About({ service, barbers }: { service: ManagedService; barbers: readonly ManagedBarber[] }) {
  const words = useWords(servicesWords);
  const formats = useFormats();
  const { name, price, duration_minutes, buffer_before_minutes, buffer_after_minutes, active } = service;
  const working = barbers.filter((barber) => barber.active);
  const offering = working.filter(({ id }) => service.barber_ids.includes(id));
  const buffer = buffer_before_minutes + buffer_after_minutes;
  return (
    <div class="admin-item">
      <span class="row">
        <strong>{name}</strong>
        {!active && <span class="pill">{words.notOffered}</span>}
        {active && offering.length === 0 && <span class="pill warn">{words.nobody}</span>}
      </span>
      <span class="number small">
        {formats.price(price)} · {formats.duration(duration_minutes)}
        {buffer > 0 && ` · ${words.buffer(formats.duration(buffer))}`}
      </span>
      {active && offering.length > 0 && (
        <span class="muted small">
          {offering.length === working.length
            ? words.everybody
            : offering.map((each) => each.name).join(', ')}
        </span>
      )}
    </div>
  );
}
