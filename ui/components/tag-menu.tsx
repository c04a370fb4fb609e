import { useState } from 'preact/hooks';
import type { TagResponse } from '#contract/tags';
import { useApp } from '../app-context.ts';
import { deleteTag } from '../calls/tags.ts';
import { text } from '../text.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Menu } from './menu.tsx';
import { TagDialog } from './tag-dialog.tsx';

export interface TagMenuProps {
  tag: TagResponse;
  /** Whether others are inside it, which go with it. */
  hasInside: boolean;
  /** Something of the tags is another now. */
  onChanged: () => void;
  /** It is gone. */
  onDeleted: () => void;
}

/** What can be done with a tag: name and colour, another one inside, away with it. */
export function TagMenu({ tag, hasInside, onChanged, onDeleted }: TagMenuProps) {
  const { api, toasts } = useApp();
  const [open, setOpen] = useState<'edit' | 'create' | 'delete'>();
  const words = text.tags;
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu
        label={words.more(tag.name)}
        items={[
          { words: words.edit, icon: 'edit', run: () => setOpen('edit') },
          { words: words.createInside, icon: 'plus', run: () => setOpen('create') },
          { words: words.remove, icon: 'trash', isDangerous: true, run: () => setOpen('delete') },
        ]}
      />
      {open === 'edit' ? <TagDialog tag={tag} onClose={close} onSaved={onChanged} /> : null}
      {open === 'create' ? <TagDialog parent={tag} onClose={close} onSaved={onChanged} /> : null}
      {open === 'delete' ? (
        <ConfirmDialog
          title={words.removeTitle(tag.name)}
          confirmWords={words.remove}
          isDangerous
          onClose={close}
          onConfirm={async () => {
            await deleteTag(api, tag.id);
            toasts.show({ words: words.removed(tag.name) });
            onDeleted();
          }}
        >
          <p>{hasInside ? words.removeAll : words.removeOne}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
