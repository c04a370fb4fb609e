import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { createLink, type LinkTarget, linkAddress } from '../calls/shared-links.ts';
import { copyText } from '../downloads.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Select } from './select.tsx';
import { Switch } from './switch.tsx';

const DAY_MS = 86_400_000;
const EXPIRY_DAYS = { never: undefined, day: 1, week: 7, month: 30 } as const;
type Expiry = keyof typeof EXPIRY_DAYS;

export interface ShareLinkDialogProps {
  title: string;
  target: LinkTarget;
  onClose: () => void;
}

/** Makes a link for people without an account, and shows it to be handed on. */
export function ShareLinkDialog({ title, target, onClose }: ShareLinkDialogProps) {
  const { api, toasts } = useApp();
  const { run, isBusy } = useAction();
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [password, setPassword] = useState('');
  const [allowDownload, setAllowDownload] = useState(true);
  const [showMetadata, setShowMetadata] = useState(true);
  const [address, setAddress] = useState<string>();
  const words = text.actions.shareDialog;

  const make = () =>
    run(async () => {
      const days = EXPIRY_DAYS[expiry];
      const link = await createLink(api, target, {
        expiresAt: days === undefined ? null : new Date(Date.now() + days * DAY_MS).toISOString(),
        password,
        allowDownload,
        allowUpload: false,
        showMetadata,
      });
      setAddress(linkAddress(link));
    });
  const copy = (link: string) =>
    run(async () => {
      await copyText(link);
      toasts.show({ words: words.copied });
    });

  if (address !== undefined)
    return (
      <Dialog
        title={words.ready}
        onClose={onClose}
        actions={
          <>
            <Button onClick={onClose}>{text.kit.done}</Button>
            <Button kind="main" icon="link" isBusy={isBusy} onClick={() => copy(address)}>
              {words.copy}
            </Button>
          </>
        }
      >
        <Field label={words.ready} isLabelHidden value={address} lines={2} />
      </Dialog>
    );
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <Button kind="main" icon="link" isBusy={isBusy} onClick={make}>
          {words.create}
        </Button>
      }
    >
      <p>{words.lead}</p>
      <Select
        label={words.expires}
        value={expiry}
        options={(Object.keys(EXPIRY_DAYS) as Expiry[]).map((value) => ({
          value,
          words: words.expiry[value],
        }))}
        onChange={setExpiry}
      />
      <Field
        label={words.password}
        hint={words.passwordHint}
        type="password"
        autocomplete="new-password"
        value={password}
        onInput={setPassword}
        isOptional
      />
      <Switch label={words.allowDownload} isOn={allowDownload} onChange={setAllowDownload} />
      <Switch label={words.showMetadata} isOn={showMetadata} onChange={setShowMetadata} />
    </Dialog>
  );
}
