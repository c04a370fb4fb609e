import './ready-link.css';
import { useApp } from '../app-context.ts';
import { linkAddress } from '../calls/shared-links.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { copyText } from '../downloads.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';

export interface ReadyLinkProps {
  title: string;
  link: { key: string; slug: string | null };
  onClose: () => void;
}

/** A link to be handed on: to be copied, or scanned by a phone that is near. */
export function ReadyLink({ title, link, onClose }: ReadyLinkProps) {
  const { toasts } = useApp();
  const { run, isBusy } = useAction();
  const words = text.sharing;
  const address = linkAddress(link);
  const copy = () =>
    run(async () => {
      await copyText(address);
      toasts.show({ words: words.copied });
    });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.kit.done}</Button>
          <Button kind="main" icon="link" isBusy={isBusy} onClick={copy}>
            {words.copy}
          </Button>
        </>
      }
    >
      <QrCode value={address} label={words.qrName} />
      <p class="ready-link-lead">{words.qrLead}</p>
      <Field label={words.dialog.address} isLabelHidden value={address} lines={3} />
    </Dialog>
  );
}
