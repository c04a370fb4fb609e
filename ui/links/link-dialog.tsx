import { useState } from 'preact/hooks';
import type { SharedLinkResponse } from '#contract/shared-links';
import { useApp } from '../app-context.ts';
import { createLink, type LinkTarget, type LinkWishes, updateLink } from '../calls/shared-links.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import { Switch } from '../components/switch.tsx';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import {
  EXPIRIES,
  type Expiry,
  expiryInstant,
  localDay,
  NEW_LINK,
  slugFrom,
  wishesOf,
} from './link-wishes.ts';
import { ReadyLink } from './ready-link.tsx';

export interface LinkDialogProps {
  title: string;
  /** A new link to this, or a link to change. */
  subject: { target: LinkTarget } | { link: SharedLinkResponse };
  onClose: () => void;
  /** The link as it is now. */
  onSaved?: ((link: SharedLinkResponse) => void) | undefined;
}

/** Makes a link for people without an account and shows it to be handed on, or changes what one allows. */
export function LinkDialog({ title, subject, onClose, onSaved }: LinkDialogProps) {
  const { api, toasts } = useApp();
  const { run, isBusy } = useAction();
  const before = 'link' in subject ? subject.link : undefined;
  const [wishes, setWishes] = useState<LinkWishes>(() => (before ? wishesOf(before) : NEW_LINK));
  const [expiry, setExpiry] = useState<Expiry>(before?.expiresAt ? 'date' : 'never');
  const [lastDay, setLastDay] = useState(before?.expiresAt ? localDay(before.expiresAt) : '');
  const [made, setMade] = useState<SharedLinkResponse>();
  const words = text.sharing.dialog;
  const change = (changes: Partial<LinkWishes>) => setWishes({ ...wishes, ...changes });

  // A day that was not touched keeps its hour and minute.
  const isSameDay = expiry === 'date' && before?.expiresAt && localDay(before.expiresAt) === lastDay;
  const expiresAt = isSameDay ? before.expiresAt : expiryInstant(expiry, lastDay, Date.now());
  const save = () =>
    run(async () => {
      const wanted: LinkWishes = {
        ...wishes,
        slug: wishes.slug.replace(/-$/, ''),
        expiresAt: expiresAt ?? null,
        allowDownload: wishes.allowDownload && wishes.showMetadata,
      };
      if ('target' in subject) {
        const link = await createLink(api, subject.target, wanted);
        setMade(link);
        onSaved?.(link);
      } else {
        const link = await updateLink(api, subject.link.id, wanted);
        toasts.show({ words: words.saved });
        onSaved?.(link);
        onClose();
      }
    });

  if (made) return <ReadyLink title={words.ready} link={made} onClose={onClose} />;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.kit.cancel}</Button>
          <Button
            kind="main"
            {...(!before && { icon: 'link' as const })}
            isBusy={isBusy}
            isDisabled={expiresAt === undefined}
            onClick={save}
          >
            {before ? text.kit.save : words.create}
          </Button>
        </>
      }
    >
      {before ? null : <p>{words.lead}</p>}
      <Select
        label={words.expires}
        value={expiry}
        options={EXPIRIES.map((value) => ({ value, words: words.expiry[value] }))}
        onChange={(value) => {
          setExpiry(value);
          if (value === 'date' && lastDay === '') setLastDay(localDay(Date.now() + 14 * 86_400_000));
        }}
      />
      {expiry === 'date' ? (
        <Field
          label={words.lastDay}
          type="date"
          value={lastDay}
          min={localDay(Date.now())}
          onInput={setLastDay}
        />
      ) : null}
      <Field
        label={words.password}
        hint={words.passwordHint}
        type="password"
        autocomplete="new-password"
        value={wishes.password}
        onInput={(password) => change({ password })}
        isOptional
      />
      <Field
        label={words.slug}
        hint={wishes.slug ? words.slugHint(`${location.host}/s/${wishes.slug}`) : words.slugEmptyHint}
        value={wishes.slug}
        onInput={(slug) => change({ slug: slugFrom(slug) })}
        isOptional
      />
      <Field
        label={words.description}
        hint={words.descriptionHint}
        value={wishes.description}
        onInput={(description) => change({ description })}
        maxLength={500}
        isOptional
      />
      <Switch
        label={words.showMetadata}
        hint={words.showMetadataHint}
        isOn={wishes.showMetadata}
        onChange={(showMetadata) => change({ showMetadata })}
      />
      <Switch
        label={words.allowDownload}
        isOn={wishes.allowDownload && wishes.showMetadata}
        isDisabled={!wishes.showMetadata}
        onChange={(allowDownload) => change({ allowDownload })}
      />
      <Switch
        label={words.allowUpload}
        hint={words.allowUploadHint}
        isOn={wishes.allowUpload}
        onChange={(allowUpload) => change({ allowUpload })}
      />
    </Dialog>
  );
}
