import './picture.css';
import './viewer.css';
import { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { MemberContext, useApp } from '../app-context.ts';
import { setPrimary } from '../calls/assets.ts';
import { IconButton } from '../components/icon-button.tsx';
import type { SelectionAction } from '../components/selection-bar.tsx';
import { Toaster } from '../components/toaster.tsx';
import { dateWords } from '../dates.ts';
import { findAsset, findNeighbours, type PhotoSource } from '../photo-source.ts';
import { assetProblemWords } from '../problem-words.ts';
import { createSelection } from '../selection.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { type AssetActionName, useAssetActions } from '../use-asset-actions.tsx';
import { Editor } from './editor.tsx';
import { InfoPanel } from './info-panel.tsx';
import { placeWords } from './info-words.ts';
import { StackStrip } from './stack-strip.tsx';
import { Stage } from './stage.tsx';
import { useAsset, useGroupsAround, usePreload } from './use-asset.ts';
import { useSlideshow } from './use-slideshow.ts';
import { ViewerTools } from './viewer-tools.tsx';

export interface ViewerProps {
  source: PhotoSource;
  assetId: string;
  /** What can be done with the photo; guests get nothing but to look. */
  can: readonly AssetActionName[];
  /** What only this screen can do with it, whoever owns it. */
  actions?: readonly SelectionAction[];
  onMove: (assetId: string) => void;
  onClose: () => void;
}

const NONE: readonly SelectionAction[] = [];

/** One asset as large as the screen allows. */
export function Viewer({ source, assetId, can, actions: own = NONE, onMove, onClose }: ViewerProps) {
  const { toasts, api } = useApp();
  const member = useContext(MemberContext);
  const dialog = useRef<HTMLDialogElement>(null);
  const stageHands = useRef<{ toggleZoom: () => void } | undefined>(undefined);
  const { groups = [] } = useStore(source.state);
  const { newer, older } = findNeighbours(groups, assetId);
  const listed = findAsset(groups, assetId);
  /** A photo of the stack that is looked at instead of the one that stands for it. */
  const [memberId, setMemberId] = useState<{ of: string; id: string }>();
  const shownId = memberId?.of === assetId ? memberId.id : assetId;
  const { asset, problem, reload } = useAsset(shownId, listed?.thumbhash ?? null);
  const [isInfoOpen, setIsInfoOpen] = useState(false);
  const [isEditing, setIsEditing] = useState(false);
  const [areFacesShown, setAreFacesShown] = useState(false);
  const [isLivePlaying, setIsLivePlaying] = useState(false);
  const { run } = useAction();

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The dialog, not its first button: arrow keys should not draw a ring around the way back.
    element?.focus();
    return () => element?.close();
  }, []);
  /** Where the focus was: the editor lies above everything else, and who leaves it goes on from there. */
  const beforeEditor = useRef<Element | null>(null);
  useEffect(() => {
    if (!isEditing) return undefined;
    return () => {
      if (beforeEditor.current instanceof HTMLElement) beforeEditor.current.focus();
    };
  }, [isEditing]);
  useGroupsAround(source, groups, assetId, asset);
  usePreload([newer, older]);

  const move = useCallback(
    (to: { id: string } | undefined) => {
      if (!to) return;
      setIsLivePlaying(false);
      onMove(to.id);
    },
    [onMove],
  );
  const isVideo = asset?.type === 'VIDEO';
  const slideshow = useSlideshow(dialog, isVideo, shownId, older && (() => move(older)));

  // After what takes the photo out of this list, the next one is shown.
  const goOn = useCallback(() => {
    const next = older ?? newer;
    if (next) move(next);
    else onClose();
  }, [older, newer, move, onClose]);
  const selection = useMemo(createSelection, []);
  const isOwn = member !== undefined && asset?.ownerId === member.user.id;
  const { actions: shared, dialogs } = useAssetActions(source, selection, isOwn ? can : [], goOn);
  const actions = useMemo(
    () => [...own.map((action) => ({ ...action, isRare: true })), ...shared],
    [own, shared],
  );

  const { width, height } = asset ?? {};
  const ratio = shownId === assetId && listed ? listed.ratio : width && height ? width / height : 1.5;
  const place = placeWords(asset?.exifInfo)[0];

  return (
    <dialog
      ref={dialog}
      class={`viewer whole-screen${isInfoOpen ? ' viewer-with-info' : ''}${slideshow.isOn ? ' viewer-slideshow' : ''}`}
      tabIndex={-1}
      aria-label={text.viewer.label}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        if (isEditing) setIsEditing(false);
        else onClose();
      }}
      onKeyDown={(event) => {
        const { target, key } = event;
        // What a video, a field or the editor does with its keys is its own business.
        if (isEditing || event.ctrlKey || event.metaKey || event.altKey) return;
        if (target instanceof Element && target.closest('video, input, textarea, select')) return;
        const does: Record<string, (() => void) | undefined> = {
          ArrowLeft: () => move(newer),
          ArrowRight: () => move(older),
          i: () => setIsInfoOpen(!isInfoOpen),
          z: () => stageHands.current?.toggleZoom(),
        };
        does[key]?.();
      }}
    >
      <header class="viewer-bar" inert={isEditing}>
        <IconButton icon="back" label={text.viewer.back} onClick={onClose} />
        <div class="viewer-words" aria-live="polite">
          {asset ? (
            <>
              <p class="viewer-date">{dateWords().moment(new Date(asset.localDateTime))}</p>
              <p class="viewer-name">{[asset.originalFileName, place].filter(Boolean).join(' · ')}</p>
            </>
          ) : null}
        </div>
        {asset ? (
          <ViewerTools
            asset={asset}
            actions={actions}
            isOwn={isOwn}
            isInfoOpen={isInfoOpen}
            isSlideshow={slideshow.isOn}
            onInfo={() => setIsInfoOpen(!isInfoOpen)}
            onLive={() => setIsLivePlaying(!isLivePlaying)}
            onZoom={() => stageHands.current?.toggleZoom()}
            onEdit={() => {
              beforeEditor.current = document.activeElement;
              setIsEditing(true);
            }}
            onSlideshow={slideshow.isOn ? slideshow.stop : slideshow.start}
            onKeepBest={
              asset.stack && asset.stack.primaryAssetId !== asset.id
                ? () =>
                    void run(async () => {
                      await setPrimary(api, asset.stack!.id, asset.id);
                      await source.refresh('all');
                      onMove(asset.id);
                    })
                : undefined
            }
            onDone={(action) => {
              reload();
              if (action.leavesList) goOn();
            }}
          />
        ) : null}
      </header>

      <div class="viewer-room" inert={isEditing}>
        <Stage
          key={shownId}
          assetId={shownId}
          asset={asset}
          thumbhash={asset?.thumbhash ?? (shownId === assetId ? (listed?.thumbhash ?? null) : null)}
          ratio={ratio}
          areFacesShown={areFacesShown}
          isLivePlaying={isLivePlaying}
          onLiveEnd={() => setIsLivePlaying(false)}
          onHold={asset?.livePhotoVideoId ? setIsLivePlaying : undefined}
          onReady={(hands) => {
            stageHands.current = hands;
          }}
          onSwipe={(direction) => move(direction < 0 ? newer : older)}
          onPullDown={onClose}
          onEnd={() => {
            if (slideshow.isOn) move(older);
          }}
        />
        {newer ? (
          <div class="viewer-move viewer-newer">
            <IconButton icon="left" label={text.viewer.previous} onClick={() => move(newer)} />
          </div>
        ) : null}
        {older ? (
          <div class="viewer-move viewer-older">
            <IconButton icon="right" label={text.viewer.next} onClick={() => move(older)} />
          </div>
        ) : null}
        {asset?.stack && member ? (
          <StackStrip
            stackId={asset.stack.id}
            shownId={shownId}
            onShow={(id) => setMemberId({ of: assetId, id })}
          />
        ) : null}
        <div class="viewer-notes" role="status">
          {problem ? <p>{problem}</p> : null}
          {asset?.problem ? (
            <p>
              {text.viewer.problem} {assetProblemWords(asset.problem)}
            </p>
          ) : null}
        </div>
      </div>
      {isInfoOpen && asset && !isEditing ? (
        <InfoPanel
          asset={asset}
          areFacesShown={areFacesShown}
          onFaces={setAreFacesShown}
          onChange={() => {
            reload();
            void source.refresh('all');
          }}
          onClose={() => setIsInfoOpen(false)}
        />
      ) : null}
      {isEditing && asset ? (
        <Editor
          asset={asset}
          onClose={() => setIsEditing(false)}
          onSaved={() => {
            setIsEditing(false);
            reload();
          }}
        />
      ) : null}
      {dialogs}
      <Toaster toasts={toasts} />
    </dialog>
  );
}
