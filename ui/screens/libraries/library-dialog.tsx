import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { createLibrary } from '../../calls/libraries.ts';
import type { Account } from '../../calls/users.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SectionForm } from '../../components/section-form.tsx';
import { Select } from '../../components/select.tsx';
import { text } from '../../text.ts';
import { FolderChooser } from './folder-chooser.tsx';
import { folderName } from './folder-name.ts';

export interface LibraryDialogProps {
  /** Whose photos they may be. */
  accounts: readonly Account[];
  onClose: () => void;
  onAdded: () => void;
}

/** Adds one of the folders that the box may read. */
export function LibraryDialog({ accounts, onClose, onAdded }: LibraryDialogProps) {
  const { api, user } = useMember();
  const [name, setName] = useState('');
  const [folder, setFolder] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [ownerId, setOwnerId] = useState(user.id);
  const words = text.settings.libraries;
  return (
    <Dialog title={words.add} onClose={onClose}>
      <SectionForm
        submitWords={words.create}
        onSubmit={async () => {
          setIsMissing(folder === '');
          if (folder === '') return;
          await createLibrary(api, {
            ownerId,
            name: name.trim() || folderName(folder),
            importPaths: [folder],
          });
          onAdded();
        }}
      >
        <Field
          label={words.name}
          placeholder={words.namePlaceholder}
          value={name}
          onInput={setName}
          maxLength={200}
          isOptional
          autofocus
        />
        <FolderChooser value={folder} onChange={setFolder} />
        <ProblemNote words={isMissing ? words.chooseFirst : undefined} />
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
