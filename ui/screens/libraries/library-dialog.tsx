import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { createLibrary } from '../../calls/libraries.ts';
import type { Account } from '../../calls/users.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { SectionForm } from '../../components/section-form.tsx';
import { Select } from '../../components/select.tsx';
import { text } from '../../text.ts';

export interface LibraryDialogProps {
  /** Whose photos they may be. */
  accounts: readonly Account[];
  onClose: () => void;
  onAdded: () => void;
}

/** Adds a folder; the box says which ones it may read. */
export function LibraryDialog({ accounts, onClose, onAdded }: LibraryDialogProps) {
  const { api, user } = useMember();
  const [name, setName] = useState('');
  const [folder, setFolder] = useState('');
  const [ownerId, setOwnerId] = useState(user.id);
  const words = text.settings.libraries;
  return (
    <Dialog title={words.add} onClose={onClose}>
      <SectionForm
        submitWords={words.create}
        onSubmit={async () => {
          await createLibrary(api, { ownerId, name: name.trim(), importPaths: [folder.trim()] });
          onAdded();
        }}
      >
        <Field
          label={words.name}
          placeholder={words.namePlaceholder}
          value={name}
          onInput={setName}
          maxLength={200}
          autofocus
        />
        <Field label={words.folder} hint={words.folderHint} value={folder} onInput={setFolder} />
        {accounts.length > 1 ? (
          <Select
            label={words.owner}
            value={ownerId}
            options={accounts.map((account) => ({ value: account.id, words: account.name }))}
            onChange={setOwnerId}
          />
        ) : null}
      </SectionForm>
    </Dialog>
  );
}
