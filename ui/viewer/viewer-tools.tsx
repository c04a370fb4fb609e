import { originalUrl } from '../api.ts';
import { useGuest } from '../app-context.ts';
import type { AssetDetails } from '../calls/assets.ts';
import { IconButton } from '../components/icon-button.tsx';
import { Menu, type MenuItem } from '../components/menu.tsx';
import type { SelectionAction } from '../components/selection-bar.tsx';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';

export interface ViewerToolsProps {
  asset: AssetDetails;
  actions: readonly SelectionAction[];
  isOwn: boolean;
  isInfoOpen: boolean;
  isSlideshow: boolean;
  onInfo: () => void;
  onLive: () => void;
  onZoom: () => void;
  onEdit: () => void;
  onSlideshow: () => void;
  /** Absent when the photo stands for its stack already, or has none. */
  onKeepBest: (() => void) | undefined;
  onDone: (action: SelectionAction) => void;
}

/** What can be done with the photo: the usual as buttons, the rest in a menu. */
export function ViewerTools(props: ViewerToolsProps) {
  const { asset, actions, isOwn, onDone } = props;
  const { run, isBusy } = useAction();
  const guest = useGuest();
  const words = text.viewer;
  const start = (action: SelectionAction) => async () => {
    if (isBusy) return;
    if ((await run(() => action.run([asset.id]))) && !action.keepsSelection) onDone(action);
  };
  const isPhoto = asset.type === 'IMAGE';
  const mayEdit = isOwn && isPhoto && asset.livePhotoVideoId === null && asset.thumbhash !== null;
  const usable = actions.filter(
    ({ minCount = 1, isPossible, name }) =>
      minCount === 1 && (isPossible?.([asset.id]) ?? true) && name !== 'download',
  );
  const rare: MenuItem[] = [
    ...(isPhoto ? [{ words: words.zoomIn, icon: 'search' as const, run: props.onZoom }] : []),
    {
      words: props.isSlideshow ? words.stopSlideshow : words.slideshow,
      icon: 'slideshow',
      run: props.onSlideshow,
    },
    ...(mayEdit ? [{ words: words.edit, icon: 'crop' as const, run: props.onEdit }] : []),
    ...(props.onKeepBest && isOwn
      ? [{ words: words.keepBest, icon: 'stack' as const, run: props.onKeepBest }]
      : []),
    ...usable
      .filter(({ isRare }) => isRare)
      .map((action) => ({ words: action.words, icon: action.icon, run: start(action) })),
  ];
  return (
    <div class="viewer-tools">
      {asset.livePhotoVideoId ? (
        <IconButton icon="live" label={words.playLive} onClick={props.onLive} />
      ) : null}
      {usable
        .filter(({ isRare }) => !isRare)
        .map((action) =>
          action.name === 'favourite' ? (
            <IconButton
              key={action.name}
              icon="heart"
              label={asset.isFavorite ? text.actions.unfavourite : text.actions.favourite}
              isPressed={asset.isFavorite}
              onClick={start(action)}
            />
          ) : (
            <IconButton key={action.words} icon={action.icon} label={action.words} onClick={start(action)} />
          ),
        )}
      {guest?.canDownload === false ? null : (
        <IconButton
          icon="download"
          label={words.download}
          href={originalUrl(asset.id)}
          download={asset.originalFileName ?? ''}
        />
      )}
      {guest?.showsMetadata === false ? null : (
        <IconButton icon="info" label={words.info} isExpanded={props.isInfoOpen} onClick={props.onInfo} />
      )}
      <Menu label={text.kit.more} items={rare} />
    </div>
  );
}
