import './folder-chooser.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { listExternalFolders } from '../../calls/libraries.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { folderName } from './folder-name.ts';

export interface FolderChooserProps {
  /** Written out from the top; empty while none is chosen. */
  value: string;
  onChange: (path: string) => void;
}

/** A walk through the folders that the box may read: the one that is open is the one that is meant. */
export function FolderChooser({ value, onChange }: FolderChooserProps) {
  const { api } = useMember();
  const [above, setAbove] = useState<readonly string[]>([]);
  const load = useLoad(() => listExternalFolders(api, value === '' ? undefined : value), [api, value]);
  const words = text.settings.libraries;
  const isNoneAllowed = value === '' && load.state.kind === 'ready' && load.state.value.folders.length === 0;
  const hasWalked = useRef(false);
  const heading = useRef<HTMLParagraphElement>(null);
  // What was pressed is gone: the reader stands where they now are.
  useLayoutEffect(() => {
    if (hasWalked.current) heading.current?.focus();
  }, [value]);
  const walk = (path: string, way: readonly string[]) => {
    hasWalked.current = true;
    setAbove(way);
    onChange(path);
  };
  return (
    <fieldset class="folder-field">
      <legend>{words.folder}</legend>
      <div class="folder-chooser">
        {isNoneAllowed ? null : (
          <div class="folder-open">
            {value === '' ? null : (
              <Button icon="back" kind="quiet" onClick={() => walk(above.at(-1) ?? '', above.slice(0, -1))}>
                {text.kit.back}
              </Button>
            )}
            <p ref={heading} tabIndex={-1}>
              {value === '' ? words.choose : value}
            </p>
          </div>
        )}
        <LoadedView load={load}>
          {({ folders }) =>
            folders.length === 0 ? (
              <p class="field-hint">{value === '' ? words.noneAllowed : words.noneInside}</p>
            ) : (
              <ul class="folder-list">
                {folders.map(({ path, isThere }) => (
                  <li key={path}>
                    <button
                      type="button"
                      class="folder-choice"
                      disabled={!isThere}
                      onClick={() => walk(path, value === '' ? [] : [...above, value])}
                    >
                      <Icon name="folder" size={20} />
                      <span>
                        {value === '' ? path : folderName(path)}
                        {isThere ? null : <small>{words.away}</small>}
                      </span>
                      <Icon name="right" size={16} />
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </LoadedView>
      </div>
    </fieldset>
  );
}
