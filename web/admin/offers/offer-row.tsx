import { useId } from 'preact/hooks';
import { Checkbox, FaultText } from '../../ui/field.tsx';
import { barbersWords } from '../../words/admin/barbers.ts';
import { servicesWords } from '../../words/admin/services.ts';
import { useWords } from '../../words/language.ts';
import type { Fault } from '../../words/problems.ts';
import { majorOf } from '../parts/money.ts';
import type { ManagedService } from '../wire.ts';
import type { OfferDraft } from './draft.ts';

export interface OfferRowProps {
  readonly offer: OfferDraft;
  readonly service: ManagedService | undefined;
  readonly fault: string | Fault | undefined;
  readonly onChange: (offer: OfferDraft) => void;
}

/** Whether a service is offered; what is left empty is as with everybody, and shown in grey. */
export function OfferRow({ offer, service, fault, onChange }: OfferRowProps) {
  const words = useWords(barbersWords);
  const { notOffered } = useWords(servicesWords);
  const id = useId();
  if (service === undefined) return null;
  const { name, active, price, duration_minutes } = service;
  const about = { 'aria-invalid': fault ? true : undefined, 'aria-describedby': fault && id } as const;
  return (
    // A fieldset lays its legend out in its own way.
    // biome-ignore lint/a11y/useSemanticElements: said above
    <div class="admin-offer" role="group" aria-label={name}>
      <Checkbox
        label={
          <>
            {name} {!active && <span class="pill">{notOffered}</span>}
          </>
        }
        checked={offer.offered}
        onChange={({ currentTarget }) => onChange({ ...offer, offered: currentTarget.checked })}
      />
      <label>
        <span class="small muted">{words.minutes}</span>
        <input
          type="number"
          inputMode="numeric"
          placeholder={String(duration_minutes)}
          value={offer.duration}
          disabled={!offer.offered}
          onInput={({ currentTarget }) => onChange({ ...offer, duration: currentTarget.value })}
          {...about}
        />
      </label>
      <label>
        <span class="small muted">{words.price(price.currency)}</span>
        <input
          inputMode="decimal"
          placeholder={majorOf(price.amount, price.currency)}
          value={offer.price}
          disabled={!offer.offered}
          onInput={({ currentTarget }) => onChange({ ...offer, price: currentTarget.value })}
          {...about}
        />
      </label>
      {fault && (
        <p id={id} class="fault">
          <FaultText fault={fault} />
        </p>
      )}
    </div>
  );
}
