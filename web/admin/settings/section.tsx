import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { Checkbox, Input } from '../../ui/field.tsx';
import { settingsWords } from '../../words/admin/settings.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { type Fault, fieldFaults } from '../../words/problems.ts';
import { Heading } from '../frame/heading.tsx';
import { useScope } from '../frame/scope.ts';
import { Conflicts } from '../saving/conflicts.tsx';
import { useDraft } from '../saving/drafts.ts';
import { SavedForm } from '../saving/form.tsx';
import { useSave } from '../saving/use-save.ts';
import type { AdminShop } from '../wire.ts';
import { settingsBody, settingsDraft } from './draft.ts';
import { SpanField } from './minutes-field.tsx';
import { PolicyField } from './policy-field.tsx';
import './settings.css';
import { ZoneField } from './zone-field.tsx';

export interface SettingsSectionProps {
  readonly shop: AdminShop;
  readonly onChange: () => void;
}

/** What the shop is called, and by which rules it can be booked. */
export function SettingsSection({ shop, onChange }: SettingsSectionProps) {
  const words = useWords(settingsWords);
  const language = useLanguage();
  const { slug, reload } = useScope();
  const draft = useDraft('settings', settingsDraft(shop));
  const save = useSave();
  const [notNumbers, setNotNumbers] = useState<readonly string[]>([]);
  const { value } = draft;
  const set = (change: Partial<typeof value>) => draft.change({ ...value, ...change });
  const refused = fieldFaults(save.error, language);
  const fault = (field: string) => (notNumbers.includes(field) ? words.number : refused[field]);

  async function submit() {
    const { body, faults } = settingsBody(value);
    setNotNumbers(faults);
    if (faults.length > 0) return false;
    const answer = await save.run(
      () => api.patch<AdminShop>('/api/v2/admin/shop', { query: { shop: slug }, body }),
      { said: words.saved },
    );
    if (answer === undefined) return false;
    draft.settle();
    onChange();
    reload();
    return true;
  }

  return (
    <>
      <Heading about={words.about}>{words.title}</Heading>
      <Conflicts conflicts={save.conflicts} onClose={save.clear} />
      <SavedForm draft={draft} save={save} onSubmit={submit}>
        <div class="admin-group">
          <h3>{words.shop}</h3>
          <Input
            label={words.name}
            value={value.name}
            error={fault('name')}
            onInput={({ currentTarget }) => set({ name: currentTarget.value })}
          />
          <ZoneField
            value={value.timezone}
            error={fault('timezone')}
            onChange={(timezone) => set({ timezone })}
          />
        </div>
        <div class="admin-group">
          <h3>{words.when}</h3>
          <Minutes
            label={words.slot}
            hint={words.slotHint}
            value={value.slot}
            error={fault('slot_duration_minutes')}
            onChange={(slot) => set({ slot })}
          />
          <SpanField
            label={words.notice}
            hint={words.noticeHint}
            value={value.notice}
            error={fault('notice_minutes')}
            onChange={(notice) => set({ notice })}
          />
          <Minutes
            label={words.horizon}
            hint={words.horizonHint}
            value={value.horizon}
            error={fault('horizon_days')}
            onChange={(horizon) => set({ horizon })}
          />
          <div>
            <Checkbox
              label={words.cutoff}
              checked={value.hasCutoff}
              onChange={({ currentTarget }) => set({ hasCutoff: currentTarget.checked })}
            />
            {value.hasCutoff ? (
              <div class="admin-short-field">
                <Input
                  type="time"
                  label={words.cutoffTime}
                  hint={words.cutoffHint}
                  value={value.cutoff}
                  error={fault('same_day_cutoff')}
                  onInput={({ currentTarget }) => set({ cutoff: currentTarget.value })}
                />
              </div>
            ) : (
              <p class="muted small">{words.noCutoff}</p>
            )}
          </div>
        </div>
        <div class="admin-group">
          <h3>{words.clients}</h3>
          <SpanField
            label={words.cancellation}
            hint={words.cancellationHint}
            value={value.cancellation}
            error={fault('cancellation_notice_minutes')}
            onChange={(cancellation) => set({ cancellation })}
          />
          <Minutes
            label={words.hold}
            hint={words.holdHint}
            value={value.hold}
            error={fault('hold_minutes')}
            onChange={(hold) => set({ hold })}
          />
          <PolicyField value={value.policy} onChange={(policy) => set({ policy })} />
        </div>
      </SavedForm>
    </>
  );
}

interface MinutesProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error: string | Fault | undefined;
  readonly onChange: (value: string) => void;
}

function Minutes({ label, hint, value, error, onChange }: MinutesProps) {
  return (
    <div class="admin-short-field">
      <Input
        type="number"
        inputMode="numeric"
        min="0"
        label={label}
        hint={hint}
        value={value}
        error={error}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </div>
  );
}
