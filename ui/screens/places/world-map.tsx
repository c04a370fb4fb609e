import { useEffect, useMemo, useRef } from 'preact/hooks';
import { pictureUrl } from '../../api.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { MapCanvas, useSize } from '../../map/map-canvas.tsx';
import { type MapSize, type MapView, zoomAt } from '../../map/mercator.ts';
import { STEP, useMapHands } from '../../map/use-map-hands.ts';
import type { World } from '../../map/world.ts';
import { grouped } from '../../numbers.ts';
import { text } from '../../text.ts';
import type { Cluster, Markers } from './clusters.ts';

export interface WorldMapProps {
  world: World;
  markers: Markers;
  /** Changes when there are more markers. */
  turn: number;
  view: MapView;
  onSize: (size: MapSize) => void;
  onChange: (next: (view: MapView, size: MapSize) => MapView) => void;
  onShowAll: () => void;
}

/** More pictures would cover the map and each other. */
const MOST_CLUSTERS = 60;

/** How much nearer a cluster is looked at when it is chosen. */
const INTO = 4;

/** The world with photos on it. */
export function WorldMap({ world, markers, turn, view, onSize, onChange, onShowAll }: WorldMapProps) {
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const { onKeyDown } = useMapHands(place, onChange);
  const words = text.places;

  useEffect(() => {
    if (size.widthPx > 0) onSize(size);
  }, [onSize, size]);
  const clusters = useMemo(
    () => (size.widthPx === 0 ? [] : markers.cluster(view, size).slice(0, MOST_CLUSTERS)),
    [markers, turn, view, size],
  );

  return (
    <div class="map">
      {/* biome-ignore lint/a11y/useSemanticElements: a map is no form field and no section of a text. */}
      <div
        ref={place}
        class="map-place"
        role="group"
        aria-label={words.map}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map that has the focus.
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <MapCanvas world={world} view={view} size={size} />
        {clusters.map((cluster) => (
          <ClusterPicture
            key={cluster.key}
            cluster={cluster}
            size={size}
            onChoose={() =>
              onChange((now, place) =>
                zoomAt(
                  {
                    ...now,
                    x: now.x + cluster.rightPx / now.worldPx,
                    y: now.y + cluster.downPx / now.worldPx,
                  },
                  place,
                  INTO,
                ),
              )
            }
          />
        ))}
      </div>
      <div class="map-tools">
        <IconButton
          icon="plus"
          label={words.zoomIn}
          onClick={() => onChange((now, place) => zoomAt(now, place, STEP))}
        />
        <IconButton
          icon="minus"
          label={words.zoomOut}
          onClick={() => onChange((now, place) => zoomAt(now, place, 1 / STEP))}
        />
        <IconButton icon="restore" label={words.showAll} onClick={onShowAll} />
      </div>
    </div>
  );
}

interface ClusterPictureProps {
  cluster: Cluster;
  size: MapSize;
  onChoose: () => void;
}

function ClusterPicture({ cluster, size, onChoose }: ClusterPictureProps) {
  const { count, name, assetId, rightPx, downPx } = cluster;
  return (
    <button
      type="button"
      class="map-cluster"
      style={{ left: `${size.widthPx / 2 + rightPx}px`, top: `${size.heightPx / 2 + downPx}px` }}
      aria-label={text.places.cluster(count, name)}
      title={name}
      onClick={onChoose}
    >
      <img src={pictureUrl(assetId, 'thumbnail', '')} alt="" decoding="async" draggable={false} />
      {count > 1 ? <span class="map-count">{grouped(count)}</span> : null}
    </button>
  );
}
