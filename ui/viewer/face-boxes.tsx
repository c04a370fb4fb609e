import { useApp } from '../app-context.ts';
import { listFaces } from '../calls/assets.ts';
import { useLoad } from '../use-load.ts';

/** The faces of a photo, with their names, above it. */
export function FaceBoxes({ assetId }: { assetId: string }) {
  const { api } = useApp();
  const { state } = useLoad(() => listFaces(api, assetId), [api, assetId]);
  if (state.kind !== 'ready') return null;
  return (
    <>
      {state.value.map((face) => {
        const { boundingBoxX1: left, boundingBoxY1: top, imageWidth, imageHeight, person } = face;
        const percent = (value: number, of: number) => `${(100 * value) / Math.max(1, of)}%`;
        return (
          <div
            key={face.id}
            class="face-box"
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
