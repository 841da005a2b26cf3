import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { Checkbox, Input } from '../../ui/field.tsx';
import { savingWords } from '../../words/admin/saving.ts';
import { servicesWords } from '../../words/admin/services.ts';
import { settingsWords } from '../../words/admin/settings.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { go } from '../frame/address.ts';
import { useScope } from '../frame/scope.ts';
import { majorOf } from '../parts/money.ts';
import { useDraft } from '../saving/drafts.ts';
import { SavedForm } from '../saving/form.tsx';
import { useSave } from '../saving/use-save.ts';
import type { ManagedBarber, ManagedService } from '../wire.ts';
import { type ServiceDraft, serviceBody, serviceDraft } from './draft.ts';

export interface ServiceFormProps {
  /** Undefined: a new one. */
  readonly service: ManagedService | undefined;
  readonly barbers: readonly ManagedBarber[];
  readonly onSaved: () => void;
}

/** A service, to change or to add. Once saved one is back at the list. */
export function ServiceForm({ service, barbers, onSaved }: ServiceFormProps) {
  const words = useWords(servicesWords);
  const saving = useWords(savingWords);
  const { number } = useWords(settingsWords);
  const language = useLanguage();
  const { slug, shop } = useScope();
  const working = barbers.filter(({ active }) => active);
  const draft = useDraft(
    `services/${service?.id ?? 'new'}`,
    serviceDraft(
      service,
      working.map(({ id }) => id),
    ),
  );
  const save = useSave();
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const { value } = draft;
  const set = (change: Partial<ServiceDraft>) => draft.change({ ...value, ...change });
  const refused = fieldFaults(save.error, language);
  const fault = (field: string, said = number) => (wrong.includes(field) ? said : refused[field]);
  const example = majorOf(3_050, shop.currency);

  async function submit() {
    const { body, faults } = serviceBody(value, shop.currency);
    const missing = body.name.trim() === '' ? ['name'] : [];
    setWrong([...faults, ...missing]);
    if (faults.length + missing.length > 0) return false;
    const asked = { query: { shop: slug }, body };
    const answer = await save.once(
      asked,
      (headers) =>
        service === undefined
          ? api.post<ManagedService>('/api/v2/admin/services', { ...asked, headers })
          : api.patch<ManagedService>(`/api/v2/admin/services/${service.id}`, asked),
      { said: words.saved(value.name) },
    );
    if (answer === undefined) return false;
    onSaved();
    if (service === undefined) draft.discard();
    else if (!draft.settle()) return true;
    go({ shop: slug, section: 'services' });
    return true;
  }

  return (
    <SavedForm draft={draft} save={save} onSubmit={submit}>
      <Input
        label={words.name}
        value={value.name}
        maxLength={200}
        error={fault('name', saving.required)}
        onInput={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <div class="admin-pair">
        <Input
          type="number"
          inputMode="numeric"
          label={words.duration}
          value={value.duration}
          error={fault('duration_minutes')}
          onInput={({ currentTarget }) => set({ duration: currentTarget.value })}
        />
        <Input
          inputMode="decimal"
          label={words.price(shop.currency)}
          value={value.price}
          error={fault('price', words.priceFault(example))}
          onInput={({ currentTarget }) => set({ price: currentTarget.value })}
        />
      </div>
      <div class="stack">
        <p class="muted small">{words.buffersAbout}</p>
        <div class="admin-pair">
          <Input
            type="number"
            inputMode="numeric"
            label={words.before}
            value={value.before}
            error={fault('buffer_before_minutes')}
            onInput={({ currentTarget }) => set({ before: currentTarget.value })}
          />
          <Input
            type="number"
            inputMode="numeric"
            label={words.after}
            value={value.after}
            error={fault('buffer_after_minutes')}
            onInput={({ currentTarget }) => set({ after: currentTarget.value })}
          />
        </div>
      </div>
      <fieldset class="admin-choices">
        <legend>{words.who}</legend>
        {working.length === 0 && <p class="muted">{words.noBarbers}</p>}
        <div class="admin-pair admin-tight">
          {working.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={value.barberIds.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                set({
                  barberIds: checked
                    ? [...value.barberIds, id].sort((a, b) => a - b)
                    : value.barberIds.filter((each) => each !== id),
                })
              }
            />
          ))}
        </div>
      </fieldset>
    </SavedForm>
  );
}
