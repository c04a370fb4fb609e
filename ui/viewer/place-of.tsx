import { useContext } from 'preact/hooks';
import { MemberContext } from '../app-context.ts';
import type { AssetDetails } from '../calls/assets.ts';
import { Lazy } from '../components/lazy.tsx';
import type { PlaceMapProps } from '../map/place-map.tsx';
import { text } from '../text.ts';
import { placeWords } from './info-words.ts';

/** Where a photo was taken: the names of the place, and a small map that leads to the large one. */
export function PlaceOf({ exif }: { exif: AssetDetails['exifInfo'] }) {
  const isMember = useContext(MemberContext) !== undefined;
  const [first, ...rest] = placeWords(exif);
  if (first === undefined) return <p class="info-more">{text.viewer.noPlace}</p>;
  const { latitude, longitude } = exif ?? {};
  const map =
    typeof latitude === 'number' && typeof longitude === 'number' ? (
      <Lazy<PlaceMapProps>
        name="place-map"
        load={async () => (await import('../map/place-map.tsx')).PlaceMap}
        props={{ latitude, longitude }}
      />
    ) : null;
  return (
    <>
      <p>{first}</p>
      {rest.map((line) => (
        <p key={line} class="info-more">
          {line}
        </p>
      ))}
      {map && isMember ? (
        <a class="info-map" href={`/places?at=${latitude},${longitude}`} aria-label={text.viewer.showOnMap}>
          {map}
        </a>
      ) : (
        map && <div class="info-map">{map}</div>
      )}
    </>
  );
}
