import { useContext, useEffect } from 'preact/hooks';
import { MemberContext, useApp } from '../app-context.ts';
import { listFaces } from '../calls/assets.ts';
import { useLoad } from '../use-load.ts';

/** The faces of a photo, with their names, above it. */
export function FaceBoxes({ assetId }: { assetId: string }) {
  const { api } = useApp();
  const member = useContext(MemberContext);
  const { state, reload } = useLoad(() => listFaces(api, assetId), [api, assetId]);
  // As they are marked and named, here or elsewhere.
  useEffect(
    () =>
      member?.live.on('on_asset_update', (asset) => {
        if ((asset as { id?: unknown } | null)?.id === assetId) reload();
      }),
    [member?.live, assetId, reload],
  );
  if (state.kind !== 'ready') return null;
  return (
    <>
      {state.value.map((face) => {
        const { boundingBoxX1: left, boundingBoxY1: top, imageWidth, imageHeight, person } = face;
        const percent = (value: number, of: number) => `${(100 * value) / Math.max(1, of)}%`;
        return (
          <div
            key={face.id}
            class="face-box face-mark"
            style={{
              left: percent(left, imageWidth),
              top: percent(top, imageHeight),
              width: percent(face.boundingBoxX2 - left, imageWidth),
              height: percent(face.boundingBoxY2 - top, imageHeight),
            }}
          >
            {person?.name ? <span>{person.name}</span> : null}
          </div>
        );
      })}
    </>
  );
}
