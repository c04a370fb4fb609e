import './selection-bar.css';
import { useEffect } from 'preact/hooks';
import type { Selection } from '../selection.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import type { IconName } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import { Menu } from './menu.tsx';

/** One thing that can be done with the photos that are chosen. */
export interface SelectionAction {
  words: string;
  /** Tells it from others where that matters; the shared ones have theirs. */
  name?: string;
  /** Afterwards the photo is no longer in this list. */
  leavesList?: boolean;
  icon: IconName;
  /** Does it with these ids; a RequestProblem is told in a toast. Afterwards nothing is chosen any more. */
  run: (ids: readonly string[]) => Promise<unknown>;
  /** The choice stays, because this only opens a dialog that goes on with it. */
  keepsSelection?: boolean;
  isDangerous?: boolean;
  /** In the menu instead of as a button of its own. */
  isRare?: boolean;
  /** Needs at least this many photos. Default: 1. */
  minCount?: number;
  /** Whether it makes sense for these; left out when it does not. */
  isPossible?: (ids: readonly string[]) => boolean;
}

export interface SelectionBarProps {
  selection: Selection;
  actions: readonly SelectionAction[];
}

/** Takes the place of the bar at the top while photos are chosen: how many, and what to do with them. */
export function SelectionBar({ selection, actions }: SelectionBarProps) {
  const ids = useStore(selection.ids);
  const { run, isBusy } = useAction();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]'))
        selection.clear();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [selection]);

  if (ids.size === 0) return null;
  const start = (action: SelectionAction) => async () => {
    if (isBusy) return;
    const isDone = await run(() => action.run([...selection.ids.get()]));
    if (isDone && !action.keepsSelection) selection.clear();
  };
  const possible = actions.filter(
    ({ minCount = 1, isPossible }) => ids.size >= minCount && (isPossible?.([...ids]) ?? true),
  );
  const rare = possible.filter(({ isRare }) => isRare);
  return (
    <section class="selection-bar" aria-label={text.kit.selectedCount(ids.size)}>
      <IconButton icon="close" label={text.kit.clearSelection} onClick={selection.clear} />
      <p class="selection-count" role="status">
        {text.kit.selectedCount(ids.size)}
      </p>
      <div class="selection-actions">
        {possible
          .filter(({ isRare }) => !isRare)
          .map((action) => (
            <IconButton key={action.words} icon={action.icon} label={action.words} onClick={start(action)} />
          ))}
        {rare.length > 0 ? (
          <Menu
            label={text.kit.more}
            items={rare.map((action) => ({
              words: action.words,
              icon: action.icon,
              run: start(action),
              ...(action.isDangerous && { isDangerous: true }),
            }))}
          />
        ) : null}
      </div>
    </section>
  );
}
