import { type ComponentChildren, Fragment } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { RequestProblem } from '../api.ts';
import { useApp } from '../app-context.ts';
import type { PhotoSource } from '../photo-source.ts';
import { createSelection } from '../selection.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { type AssetActionName, useAssetActions } from '../use-asset-actions.tsx';
import type { ViewerProps } from '../viewer/viewer.tsx';
import { Lazy } from './lazy.tsx';
import { PhotoGrid } from './photo-grid.tsx';
import { type SelectionAction, SelectionBar } from './selection-bar.tsx';
import { ErrorState, Skeleton } from './states.tsx';

export interface PhotoViewProps {
  source: PhotoSource;
  /** What can be done with chosen photos, in this order; without any, nothing can be chosen. */
  can?: readonly AssetActionName[];
  /** What only this screen can do with them, such as taking them out of its album; before all others. */
  actions?: readonly SelectionAction[];
  /** Where to begin, in months with the newest first; see useShowDay. */
  day?: string | undefined;
  /** Drawn when there is nothing. */
  empty: ComponentChildren;
  /** Drawn until the first answer. */
  waiting?: ComponentChildren;
}

/**
 * A grid of photos with everything that belongs to it: choosing, and the viewer that opens above it. The address
 * says which photo is open, so a screen with two grids gives each its own.
 */
export function PhotoView({ source, can = [], actions: own = [], day, empty, waiting }: PhotoViewProps) {
  const { router } = useApp();
  const { groups, problem } = useStore(source.state);
  const { assetId } = useStore(router.place);
  const [chosen] = useState(createSelection);
  const { actions: shared, dialogs } = useAssetActions(source, chosen, can);
  const actions = useMemo(() => [...own, ...shared], [own, shared]);
  const selection = actions.length > 0 ? chosen : undefined;
  const closedAssetId = useJustClosed(assetId);
  useEffect(() => {
    void source.refresh(new Set());
  }, [source]);

  return (
    <>
      <span id="chosen-words" hidden>
        {text.kit.chosen}
      </span>
      {groups && groups.length > 0 ? (
        <PhotoGrid
          source={source}
          groups={groups}
          selection={selection}
          onOpen={router.openAsset}
          focusAssetId={closedAssetId}
          day={day}
        />
      ) : null}
      {groups?.length === 0 ? <Fragment>{empty}</Fragment> : null}
      {groups ? null : problem ? (
        <ErrorState problem={new RequestProblem(0, problem)} onRetry={() => void source.refresh('all')} />
      ) : (
        (waiting ?? <Skeleton kind="tiles" count={12} />)
      )}
      {selection ? <SelectionBar selection={selection} actions={actions} /> : null}
      {dialogs}
      {assetId ? (
        <Lazy<ViewerProps>
          name="viewer"
          load={async () => (await import('../viewer/viewer.tsx')).Viewer}
          props={{ source, assetId, can, actions: own, onMove: router.showAsset, onClose: router.closeAsset }}
        />
      ) : null}
    </>
  );
}

/** The asset that the viewer showed last, once it is closed: the focus goes back to its tile. */
function useJustClosed(openAssetId: string | undefined): string | undefined {
  const last = useRef<string | undefined>(undefined);
  if (openAssetId) last.current = openAssetId;
  return openAssetId ? undefined : last.current;
}
