import './places.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { readMarkers } from '../../calls/markers.ts';
import { Field } from '../../components/field.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState, ErrorState, LoadedView, Skeleton } from '../../components/states.tsx';
import { readCoordinates } from '../../coordinates.ts';
import { countryWords } from '../../country-names.ts';
import { loadWorld } from '../../map/load-world.ts';
import { boxText, fitView, type MapSize, type MapView, viewOf, xOf, yOf } from '../../map/mercator.ts';
import type { World } from '../../map/world.ts';
import { grouped } from '../../numbers.ts';
import type { ScreenProps } from '../../screens.ts';
import { text } from '../../text.ts';
import { TIMELINE_ACTIONS } from '../../use-asset-actions.tsx';
import { useLoad } from '../../use-load.ts';
import { useTimeline } from '../../use-timeline.ts';
import { createMarkers, type Markers, type Town } from './clusters.ts';
import { WorldMap } from './world-map.tsx';

/** The list below follows the map once it has rested this long. */
const REST_MS = 500;

/** While photos arrive, they are drawn again at most this often. */
const DRAW_EVERY_MS = 250;

/** How wide the world is when one place is looked at: about 60 km on a phone. */
const NEAR_PX = 256 * 2 ** 9;

/** With fewer there is nothing to look for. */
const MANY_TOWNS = 8;
const MOST_TOWNS = 200;

/** Where photos were taken: a map, the places on it, and the photos of the part that is seen. `?at=47.42,10.98` begins there. */
export function Places({ query }: ScreenProps) {
  const { api } = useMember();
  const world = useLoad(() => loadWorld(api), [api]);
  const { markers, turn, isDone, problem, retry } = useMarkers();
  const asked = query.get('at') ?? '';
  const at = useMemo(() => readCoordinates(asked), [asked]);
  const words = text.places;
  const count = markers.count();
  const lead = count > 0 ? words.lead(count, markers.towns().length) : isDone ? undefined : words.counting;
  return (
    <Page title={words.title} lead={lead}>
      {problem ? (
        <ErrorState problem={problem} onRetry={retry} />
      ) : isDone && count === 0 ? (
        <EmptyState icon="places" title={words.emptyTitle} words={words.empty} />
      ) : (
        <LoadedView load={world} skeleton={<Skeleton kind="tiles" count={1} />}>
          {(value) => <PhotoMap world={value} markers={markers} turn={turn} isDone={isDone} at={at} />}
        </LoadedView>
      )}
    </Page>
  );
}

/** All markers, as they arrive. */
function useMarkers() {
  const { api } = useMember();
  const [asked, setAsked] = useState(0);
  const markers = useMemo(createMarkers, [asked]);
  const [state, setState] = useState<{ turn: number; isDone: boolean; problem?: RequestProblem }>({
    turn: 0,
    isDone: false,
  });
  useEffect(() => {
    const stop = new AbortController();
    let drawnAt = 0;
    const read = async () => {
      try {
        await readMarkers(
          api,
          (list) => {
            if (stop.signal.aborted) return;
            markers.add(list);
            if (performance.now() - drawnAt < DRAW_EVERY_MS) return;
            drawnAt = performance.now();
            setState(({ turn }) => ({ turn: turn + 1, isDone: false }));
          },
          stop.signal,
        );
        setState(({ turn }) => ({ turn: turn + 1, isDone: true }));
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!(error instanceof RequestProblem)) throw error;
        setState(({ turn }) => ({ turn: turn + 1, isDone: true, problem: error }));
      }
    };
    void read();
    return () => stop.abort();
  }, [api, markers]);
  const retry = () => {
    setState({ turn: 0, isDone: false });
    setAsked(asked + 1);
  };
  return { markers, ...state, retry };
}

interface PhotoMapProps {
  world: World;
  markers: Markers;
  turn: number;
  isDone: boolean;
  /** Where to begin; absent for all photos. */
  at: { latitude: number; longitude: number } | undefined;
}

function PhotoMap({ world, markers, turn, isDone, at }: PhotoMapProps) {
  const size = useRef<MapSize>({ widthPx: 0, heightPx: 0 });
  const [view, setView] = useState<MapView>({ x: 0.5, y: 0.4, worldPx: 1 });
  const hasMoved = useRef(false);
  const towns = useMemo(() => markers.towns(), [markers, turn]);
  const words = text.places;

  const showAll = useCallback(() => setView(viewOfTowns(markers, size.current)), [markers]);
  const onSize = useCallback(
    (now: MapSize) => {
      size.current = now;
      if (hasMoved.current) setView((before) => fitView(before, now));
      else showAll();
    },
    [showAll],
  );
  useEffect(() => {
    if (!at) return;
    hasMoved.current = true;
    setView(fitView({ x: xOf(at.longitude), y: yOf(at.latitude), worldPx: NEAR_PX }, size.current));
  }, [at]);
  // As long as nobody has moved the map, it shows all that has arrived.
  useEffect(() => {
    if (!hasMoved.current && size.current.widthPx > 0) showAll();
  }, [turn, showAll]);
  const onChange = useCallback((next: (view: MapView, size: MapSize) => MapView) => {
    hasMoved.current = true;
    setView((before) => next(before, size.current));
  }, []);
  const box = useRested(view, size);

  return (
    <>
      <div class="places">
        <WorldMap
          world={world}
          markers={markers}
          turn={turn}
          view={view}
          onSize={onSize}
          onChange={onChange}
          onShowAll={() => {
            hasMoved.current = false;
            showAll();
          }}
        />
        <TownList
          towns={towns}
          onChoose={({ x, y }) => onChange((_, place) => fitView({ x, y, worldPx: NEAR_PX }, place))}
        />
      </div>
      <p class="places-covers">{words.covers}</p>
      <h2 class="places-here">{words.here}</h2>
      {box === undefined || !isDone ? <Skeleton kind="tiles" count={6} /> : <PhotosHere bbox={box} />}
    </>
  );
}

function PhotosHere({ bbox }: { bbox: string }) {
  const source = useTimeline({ bbox, visibility: 'timeline', withPartners: true });
  const words = text.places;
  return (
    <PhotoView
      source={source}
      can={TIMELINE_ACTIONS}
      empty={<EmptyState icon="places" title={words.hereEmptyTitle} words={words.hereEmpty} />}
    />
  );
}

function TownList({ towns, onChoose }: { towns: readonly Town[]; onChoose: (town: Town) => void }) {
  const [find, setFind] = useState('');
  const words = text.places;
  if (towns.length === 0) return null;
  const low = find.trim().toLocaleLowerCase();
  const found = towns
    .filter(({ name, country }) =>
      `${name} ${country} ${countryWords(country)}`.toLocaleLowerCase().includes(low),
    )
    .slice(0, MOST_TOWNS);
  return (
    <section class="towns" aria-label={words.towns}>
      {towns.length > MANY_TOWNS ? (
        <Field
          label={words.findTown}
          isLabelHidden
          placeholder={words.findTown}
          type="search"
          value={find}
          onInput={setFind}
          isOptional
        />
      ) : null}
      {found.length === 0 ? <p class="field-hint">{words.noTown}</p> : null}
      <ul>
        {found.map((town) => (
          <li key={`${town.name} ${town.country}`}>
            <button type="button" class="town" onClick={() => onChoose(town)}>
              <span>
                {town.name}
                <small>{countryWords(town.country)}</small>
              </span>
              <span class="town-count">{grouped(town.count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** All photos in one view; without a town the whole world. */
function viewOfTowns(markers: Markers, size: MapSize): MapView {
  const extent = markers.extent();
  return extent ? viewOf(extent, size) : fitView({ x: 0.5, y: 0.4, worldPx: 1 }, size);
}

/** The part of the world that is seen, once the map has come to rest. */
function useRested(view: MapView, size: { current: MapSize }): string | undefined {
  const [box, setBox] = useState<string>();
  useEffect(() => {
    if (view.worldPx <= 1) return undefined;
    const timer = setTimeout(() => setBox(boxText(view, size.current)), REST_MS);
    return () => clearTimeout(timer);
  }, [view]);
  return box;
}
