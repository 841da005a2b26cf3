import { useWords } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import './skeleton.css';

/** Where something will be, as high as it will be; nothing moves when it comes. */
export function Skeleton({ height = '1.5rem', lines = 1 }: { height?: string; lines?: number }) {
  const words = useWords(shellWords);
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="bone" style={{ height }} />
      ))}
    </div>
  );
}
