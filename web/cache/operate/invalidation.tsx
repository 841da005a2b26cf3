import { useState } from 'preact/hooks';
import { Notice } from '../../ui/notice.tsx';
import { frameWords } from '../../words/cache/frame.ts';
import { operateWords } from '../../words/cache/operate.ts';
import { useWords } from '../../words/language.ts';
import { Section } from '../frame/section.tsx';
import { InvalidationDialog, TARGETS, type Target } from './invalidation-dialog.tsx';

/** Drops what is cached, for doubts. Each asks first, and says what it costs. */
export function Invalidation() {
  const words = useWords(operateWords);
  const { invalidation: title } = useWords(frameWords);
  const [target, setTarget] = useState<Target>();
  const [dropped, setDropped] = useState<{ readonly of: Target; readonly keys: number }>();
  return (
    <Section id="invalidation" title={title} about={words.invalidateAbout}>
      <ul class="plain cache-targets">
        {TARGETS.map((each) => (
          <li key={each} class="card">
            <h3>{words.targets[each].title}</h3>
            <p class="muted small">{words.targets[each].about}</p>
            <button type="button" class="button" onClick={() => setTarget(each)}>
              {words.targets[each].button}
            </button>
          </li>
        ))}
      </ul>
      <div role="status">
        {dropped && (
          <Notice kind="good">
            <p>
              <strong>{words.targets[dropped.of].title}:</strong> {words.invalidated(dropped.keys)}
            </p>
          </Notice>
        )}
      </div>
      {target && (
        <InvalidationDialog
          target={target}
          onClose={() => setTarget(undefined)}
          onDone={(keys) => {
            setTarget(undefined);
            setDropped({ of: target, keys });
          }}
        />
      )}
    </Section>
  );
}
