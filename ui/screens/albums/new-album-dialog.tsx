import { useState } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { createAlbum } from '../../calls/albums.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';

/** Asks for a name and opens the new album. */
export function NewAlbumDialog({ onClose }: { onClose: () => void }) {
  const { api, router } = useApp();
  const { run, isBusy } = useAction();
  const [name, setName] = useState('');
  const words = text.albums;
  const create = () =>
    run(async () => {
      const { id } = await createAlbum(api, name.trim());
      onClose();
      router.go(`/albums/${id}`);
    });
  return (
    <Dialog title={words.createTitle} onClose={onClose}>
      <form
        class="album-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void create();
        }}
      >
        <Field
          label={words.name}
          hint={words.createHint}
          value={name}
          onInput={setName}
          maxLength={200}
          autofocus
        />
        <div class="album-form-end">
          <Button onClick={onClose}>{text.kit.cancel}</Button>
          <Button kind="main" type="submit" isBusy={isBusy} isDisabled={name.trim() === ''}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
