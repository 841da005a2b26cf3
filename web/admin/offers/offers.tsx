import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { barbersWords } from '../../words/admin/barbers.ts';
import { servicesWords } from '../../words/admin/services.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useServices } from '../frame/lists.ts';
import { useScope } from '../frame/scope.ts';
import { majorOf } from '../parts/money.ts';
import { Conflicts } from '../saving/conflicts.tsx';
import { useDraft } from '../saving/drafts.ts';
import { faultsOfList } from '../saving/faults.ts';
import { SavedForm } from '../saving/form.tsx';
import type { ManagedBarber, ManagedService } from '../wire.ts';
import { OfferRow } from './offer-row.tsx';
import './offers.css';
import { useBarberChange } from '../barbers/use-barber-change.ts';
import { type OfferDraft, offersBody, offersDraft } from './draft.ts';

export interface OffersProps {
  readonly barber: ManagedBarber;
  readonly onChange: () => void;
}

/** What the barber offers, and with what time and price of their own. */
export function Offers({ barber, onChange }: OffersProps) {
  const services = useServices();
  if (services.value === undefined)
    return (
      <>
        <ErrorNotice error={services.error} />
        <Skeleton height="4.5rem" lines={4} />
      </>
    );
  return <OffersForm barber={barber} services={services.value} onChange={onChange} />;
}

function OffersForm({ barber, services, onChange }: OffersProps & { services: readonly ManagedService[] }) {
  const words = useWords(barbersWords);
  const { priceFault } = useWords(servicesWords);
  const { shop } = useScope();
  const draft = useDraft(`barbers/${barber.id}/services`, offersDraft(barber, services));
  const save = useBarberChange(barber, onChange);
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const refused = faultsOfList(save.error, 'services', useLanguage());
  const offered = draft.value.filter((offer) => offer.offered);
  const example = majorOf(3_050, shop.currency);

  async function submit() {
    const { services: sent, faults } = offersBody(draft.value, shop.currency);
    setWrong(faults);
    if (faults.length > 0) return false;
    const isSaved = await save.change({ services: sent }, words.offersSaved(barber.name));
    if (isSaved) draft.settle();
    return isSaved;
  }

  const faultOf = (offer: OfferDraft) =>
    wrong.includes(offer.serviceId)
      ? `${words.minutesFault} ${priceFault(example)}`
      : refused[offered.indexOf(offer)];
  return (
    <>
      <p class="muted">{words.offersAbout}</p>
      <Conflicts conflicts={save.conflicts} onClose={save.clear} />
      {draft.value.length === 0 ? (
        <p class="admin-empty">{words.noServices}</p>
      ) : (
        <SavedForm draft={draft} save={save} onSubmit={submit}>
          <div class="admin-offers">
            {draft.value.map((offer) => (
              <OfferRow
                key={offer.serviceId}
                offer={offer}
                service={services.find(({ id }) => id === offer.serviceId)}
                fault={faultOf(offer)}
                onChange={(changed) =>
                  draft.change(
                    draft.value.map((each) => (each.serviceId === changed.serviceId ? changed : each)),
                  )
                }
              />
            ))}
          </div>
        </SavedForm>
      )}
    </>
  );
}
