import { useRef } from 'preact/hooks';
import { ErrorNotice } from '../../ui/notice.tsx';
import { lifetimeWords } from '../../words/cache/lifetimes.ts';
import { useFormats } from '../../words/formats.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import type { KindAdvice, SettingName, Settings } from '../wire.ts';
import { Options } from './options.tsx';
import { OtherLifetime } from './other-lifetime.tsx';
import { reasonOf } from './reason.ts';

export interface KindCardProps {
  readonly advice: KindAdvice;
  readonly setting: Settings[SettingName] | undefined;
  /** Why the last change was refused. */
  readonly error: unknown;
  /** With seconds, or null for the default. */
  readonly onApply: (seconds: number | null) => void;
}

/** One kind of cached value: how long it is kept, and what would be gained or lost by something else. */
export function KindCard({ advice, setting, error, onApply }: KindCardProps) {
  const words = useWords(lifetimeWords);
  const language = useLanguage();
  const figures = useFigures();
  const { relative } = useFormats();
  const { isOwner } = usePlace();
  const { title, about } = words.kinds[advice.kind];
  const { sampled_reads: reads, sampled_keys: keys } = advice;
  const heading = useRef<HTMLHeadingElement>(null);
  const isChanged = setting !== undefined && setting.value !== setting.default;
  function choose(seconds: number) {
    onApply(seconds);
    // The button goes: what is applied is no choice any more.
    heading.current?.focus();
  }

  return (
    <article class="card cache-kind" aria-labelledby={`kind-${advice.kind}`}>
      <header>
        <h3 id={`kind-${advice.kind}`} ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <p class="muted small">{about}</p>
      </header>
      {setting && (
        <dl class="cache-kind-now">
          <div>
            <dt class="muted small">{words.present}</dt>
            <dd>
              <strong>{figures.lasting(setting.value)}</strong>{' '}
              {isChanged && setting.updated_at !== null && (
                <span class="muted small">{words.changed(relative(setting.updated_at, Date.now()))}</span>
              )}
            </dd>
          </div>
          <div>
            <dt class="muted small">{words.standard}</dt>
            <dd>{figures.lasting(setting.default)}</dd>
          </div>
        </dl>
      )}
      <p>{reasonOf(advice, { language, words, figures })}</p>
      <Options advice={advice} {...(isOwner && { onApply: choose })} />
      <p class="muted small">
        {words.sampled(
          words.readCount(reads, figures.count(reads)),
          words.keyCount(keys, figures.count(keys)),
        )}
      </p>
      {isOwner && <OtherLifetime advice={advice} error={error} onApply={onApply} />}
      {isOwner && (
        <div>
          <button
            type="button"
            class="button"
            aria-disabled={!isChanged}
            onClick={() => isChanged && onApply(null)}
          >
            {words.toDefault}
            <span class="unseen">: {title}</span>
          </button>
        </div>
      )}
      <ErrorNotice error={error} />
    </article>
  );
}
