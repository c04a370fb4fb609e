import './photo-grid.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dateWords } from '../dates.ts';
import { type PlacedGroup, rowHeightFor } from '../grid-places.ts';
import type { PhotoGroup, PhotoSource } from '../photo-source.ts';
import type { Selection } from '../selection.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { Button } from './button.tsx';
import { moveFocus } from './grid-keys.ts';
import { Icon } from './icon.tsx';
import { PhotoTile, type TileHands, tileId } from './photo-tile.tsx';
import { Scrubber } from './scrubber.tsx';
import { useGridWindow } from './use-grid-window.ts';
import { useShowDay } from './use-show-day.ts';

export interface PhotoGridProps {
  source: PhotoSource;
  groups: readonly PhotoGroup[];
  /** Absent where nothing can be chosen. */
  selection?: Selection | undefined;
  onOpen: (assetId: string) => void;
  /** The asset whose tile gets the focus, scrolled to when it is elsewhere. */
  focusAssetId?: string | undefined;
  /** The day that is brought to the upper edge. */
  day?: string | undefined;
}

/** Months that stay near the screen this long are fetched. */
const PAUSE_MS = 60;

/** A timeline of this many screens has a scrubber. */
const SCRUBBER_SCREENS = 3;

const NOTHING: ReadonlySet<string> = new Set();
const NO_SELECTION = { get: () => NOTHING, set: () => {}, subscribe: () => () => {} };

/** Groups of photos as justified rows, with the names of months and days. Only what is near the screen exists. */
export function PhotoGrid({ source, groups, selection, onOpen, focusAssetId, day }: PhotoGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const chosen = useStore(selection?.ids ?? NO_SELECTION);
  const { placed, heightPx, totalPx, view, scrollTo, screenTop } = useGridWindow(
    grid,
    groups,
    source.isByMonth,
  );
  const [isHeld, setIsHeld] = useState(false);
  const near =
    view.widthPx === 0
      ? []
      : placed.filter((at) => at.topPx < view.toPx && at.topPx + at.heightPx > view.fromPx);

  useEffect(() => {
    const stale = near.filter(({ group }) => group.isStale);
    if (isHeld || stale.length === 0) return undefined;
    // What only rushes by is not fetched; the first months are wanted at once.
    const isFirst = groups.every(({ assets }) => assets === undefined);
    const ensure = () => {
      for (const { group } of stale) source.ensure(group.key);
      source.keepNear(near.map(({ group }) => group.key));
    };
    const timer = setTimeout(ensure, isFirst ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  });
  useFocusOn(placed, focusAssetId, scrollTo);
  useShowDay(placed, day, scrollTo);

  const hands = useMemo<TileHands>(
    () => ({
      onOpen,
      ...(selection && {
        onToggle: selection.toggle,
        onExtend: (id: string) => void selection.extendTo(id, source),
        isChoosing: () => selection.ids.get().size > 0,
      }),
    }),
    [onOpen, selection, source],
  );
  const onDay = useCallback(
    (group: PhotoGroup, first: number, count: number) =>
      selection?.toggleAll((group.assets ?? []).slice(first, first + count).map(({ id }) => id)),
    [selection],
  );

  return (
    <>
      {source.isByMonth && totalPx > SCRUBBER_SCREENS * window.innerHeight ? (
        <Scrubber
          placed={placed}
          totalPx={totalPx}
          screenTop={screenTop}
          scrollTo={scrollTo}
          onHold={setIsHeld}
        />
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the tiles are the controls; this moves between them. */}
      <div
        ref={grid}
        class={chosen.size > 0 ? 'grid grid-choosing' : 'grid'}
        style={{ height: `${heightPx}px`, '--row': `${rowHeightFor(view.widthPx)}px` }}
        onKeyDown={moveFocus}
      >
        {near.map((at) => (
          <GroupSection
            key={at.group.key}
            at={at}
            basePx={view.basePx}
            fromPx={view.fromPx}
            toPx={view.toPx}
            isByMonth={source.isByMonth}
            chosen={chosen}
            hands={hands}
            onDay={selection ? onDay : undefined}
            onRetry={() => source.retry(at.group.key)}
          />
        ))}
      </div>
    </>
  );
}

interface GroupSectionProps {
  at: PlacedGroup;
  basePx: number;
  fromPx: number;
  toPx: number;
  isByMonth: boolean;
  chosen: ReadonlySet<string>;
  hands: TileHands;
  onDay: ((group: PhotoGroup, first: number, count: number) => void) | undefined;
  onRetry: () => void;
}

function GroupSection({
  at,
  basePx,
  fromPx,
  toPx,
  isByMonth,
  chosen,
  hands,
  onDay,
  onRetry,
}: GroupSectionProps) {
  const { group, topPx, heightPx, photosTopPx, layout } = at;
  const isNear = (top: number, height: number) =>
    topPx + photosTopPx + top < toPx && topPx + photosTopPx + top + height > fromPx;
  return (
    <section class="month" style={{ top: `${topPx - basePx}px`, height: `${heightPx}px` }}>
      {isByMonth || group.title !== undefined ? (
        <h2>
          {group.title ?? dateWords().month(group.key)}{' '}
          <span class="month-count">{text.photos.count(group.count)}</span>
        </h2>
      ) : null}
      <div class={layout ? 'month-photos' : 'month-photos month-waiting'} style={{ top: `${photosTopPx}px` }}>
        {layout?.days
          .filter((day) => isNear(day.topPx, 40))
          .map((day) => (
            <DayName
              key={day.day}
              day={day}
              isChosen={
                chosen.size > 0 &&
                (group.assets ?? []).slice(day.first, day.first + day.count).every(({ id }) => chosen.has(id))
              }
              onChoose={onDay && (() => onDay(group, day.first, day.count))}
            />
          ))}
        {layout?.rows
          .filter((row) => isNear(row[0]?.topPx ?? 0, row[0]?.heightPx ?? 0))
          .flat()
          .map((tile) => {
            const asset = group.assets?.[tile.index];
            return asset ? (
              <PhotoTile
                key={asset.id}
                asset={asset}
                tile={tile}
                isChosen={chosen.has(asset.id)}
                hands={hands}
              />
            ) : null;
          })}
        {group.problem ? (
          <p class="month-problem" role="alert">
            {group.problem}{' '}
            <Button kind="quiet" onClick={onRetry}>
              {text.kit.tryAgain}
            </Button>
          </p>
        ) : null}
      </div>
    </section>
  );
}

interface DayNameProps {
  day: { day: string; leftPx: number; topPx: number; widthPx: number };
  isChosen: boolean;
  onChoose: (() => void) | undefined;
}

/** The name of a day above its photos; where photos can be chosen, a switch for all of them. */
function DayName({ day, isChosen, onChoose }: DayNameProps) {
  const words = dateWords().shortDay(new Date(`${day.day}T00:00:00Z`));
  const style = { left: `${day.leftPx}px`, top: `${day.topPx}px`, maxWidth: `${day.widthPx}px` };
  return (
    <h3 class="day" style={style}>
      {onChoose ? (
        <button
          type="button"
          class="day-choose"
          aria-pressed={isChosen}
          aria-label={text.photos.selectDay(words)}
          onClick={onChoose}
        >
          <span>{words}</span>
          <span class="day-check">
            <Icon name="check" size={14} />
          </span>
        </button>
      ) : (
        words
      )}
    </h3>
  );
}

/** Puts the focus on a tile, bringing it onto the screen first so that it exists. */
function useFocusOn(
  placed: readonly PlacedGroup[],
  assetId: string | undefined,
  scrollTo: (topPx: number) => void,
): void {
  useEffect(() => {
    if (!assetId) return undefined;
    if (!document.getElementById(tileId(assetId))) {
      const topPx = findTop(placed, assetId);
      if (topPx === undefined) return undefined;
      scrollTo(topPx - window.innerHeight / 3);
    }
    // After the next drawing, which the scrolling may have caused.
    const timer = setTimeout(
      () => document.getElementById(tileId(assetId))?.focus({ preventScroll: false }),
      60,
    );
    return () => clearTimeout(timer);
    // Once per asset: later changes of the layout must not take the focus back.
  }, [assetId]);
}

function findTop(placed: readonly PlacedGroup[], assetId: string): number | undefined {
  for (const { group, topPx, photosTopPx, layout } of placed) {
    const index = group.assets?.findIndex((asset) => asset.id === assetId) ?? -1;
    const tile = index < 0 ? undefined : layout?.rows.flat().find((candidate) => candidate.index === index);
    if (tile) return topPx + photosTopPx + tile.topPx;
  }
  return undefined;
}
