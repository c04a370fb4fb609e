import { useMember } from '../../app-context.ts';
import type { NewApiKey } from '../../calls/api-keys.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { copyText } from '../../downloads.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';

/** The secret of a key, this once. */
export function SecretDialog({ apiKey, onClose }: { apiKey: NewApiKey; onClose: () => void }) {
  const { toasts } = useMember();
  const { run, isBusy } = useAction();
  const words = text.settings.keys;
  return (
    <Dialog
      title={words.secretTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.kit.done}</Button>
          <Button
            kind="main"
            icon="key"
            isBusy={isBusy}
            onClick={() =>
              run(async () => {
                await copyText(apiKey.secret);
                toasts.show({ words: words.copied });
              })
            }
          >
            {words.copy}
          </Button>
        </>
      }
    >
      <p>{words.secretLead}</p>
      <output class="secret" aria-label={words.secretTitle}>
        {apiKey.secret}
      </output>
    </Dialog>
  );
}
