import { api } from '../../api/client.ts';
import { saveFile } from '../../api/save.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { toast } from '../../ui/toast.tsx';
import { accountWords } from '../../words/account.ts';
import { useWords } from '../../words/language.ts';

export function OwnData() {
  const words = useWords(accountWords).data;
  const download = useSubmit(async () => {
    saveFile(await api.file('/api/v2/me/export'), 'freshchair-export.json');
    toast({ kind: 'good', text: words.done });
  });
  return (
    <section class="card stack" aria-labelledby="data">
      <h2 id="data">{words.title}</h2>
      <p class="muted">{words.text}</p>
      <ErrorNotice error={download.error} />
      <p>
        <button type="button" class="button" aria-disabled={download.busy} onClick={download.run}>
          {words.submit}
        </button>
      </p>
    </section>
  );
}
