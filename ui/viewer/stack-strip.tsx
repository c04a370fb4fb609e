import { pictureUrl } from '../api.ts';
import { useApp } from '../app-context.ts';
import { readStack } from '../calls/assets.ts';
import { text } from '../text.ts';
import { useLoad } from '../use-load.ts';

export interface StackStripProps {
  stackId: string;
  shownId: string;
  onShow: (assetId: string) => void;
}

/** The photos of a stack, small, in a row below the one that is shown. */
export function StackStrip({ stackId, shownId, onShow }: StackStripProps) {
  const { api } = useApp();
  const { state } = useLoad(() => readStack(api, stackId), [api, stackId]);
  if (state.kind !== 'ready') return null;
  const { assets } = state.value;
  return (
    <ul class="stack-strip" aria-label={text.viewer.stack}>
      {assets.map(({ id, thumbhash }, index) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={id === shownId}
            aria-label={text.viewer.stackPhoto(index + 1, assets.length)}
            onClick={() => onShow(id)}
          >
            {thumbhash ? <img src={pictureUrl(id, 'thumbnail', thumbhash)} alt="" /> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
