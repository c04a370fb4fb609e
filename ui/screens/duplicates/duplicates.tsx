import './duplicates.css';
import { useMemo, useState } from 'preact/hooks';
import type { DuplicateGroup } from '#contract/duplicates';
import { useMember } from '../../app-context.ts';
import { listDuplicates } from '../../calls/duplicates.ts';
import { gridAssetOf } from '../../calls/shared-links.ts';
import { Button } from '../../components/button.tsx';
import { Lazy } from '../../components/lazy.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { createListSource } from '../../list-source.ts';
import { useStore } from '../../store.ts';
import { text } from '../../text.ts';
import type { AssetActionName } from '../../use-asset-actions.tsx';
import { useLoad } from '../../use-load.ts';
import type { ViewerProps } from '../../viewer/viewer.tsx';
import { DuplicateCard } from './duplicate-card.tsx';

/** Groups drawn at first, and with each wish for more. */
const STEP = 20;

const NOTHING: readonly AssetActionName[] = [];

/** Photos that look alike, side by side, to keep the best of each. */
export function Duplicates() {
  const { api } = useMember();
  const groups = useLoad(() => listDuplicates(api), [api]);
  const words = text.duplicates;
  return (
    <Page title={words.title}>
      <LoadedView load={groups}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon="duplicates" title={words.emptyTitle} words={words.empty} />
          ) : (
            <Groups groups={list} onChanged={groups.reload} />
          )
        }
      </LoadedView>
    </Page>
  );
}

function Groups({ groups, onChanged }: { groups: readonly DuplicateGroup[]; onChanged: () => void }) {
  const { router } = useMember();
  const { assetId } = useStore(router.place);
  const [most, setMost] = useState(STEP);
  const source = useMemo(
    () => createListSource(groups.flatMap(({ assets }) => assets.map(gridAssetOf))),
    [groups],
  );
  const words = text.duplicates;
  return (
    <>
      <p class="duplicates-count" role="status">
        {words.count(groups.length)}
      </p>
      <ul class="duplicates">
        {groups.slice(0, most).map((group) => (
          <li key={group.duplicateId}>
            <DuplicateCard group={group} onOpen={router.openAsset} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      {groups.length > most ? (
        <div class="duplicates-more">
          <Button onClick={() => setMost(most + STEP)}>{words.showMore}</Button>
        </div>
      ) : null}
      {assetId ? (
        <Lazy<ViewerProps>
          name="viewer"
          load={async () => (await import('../../viewer/viewer.tsx')).Viewer}
          props={{ source, assetId, can: NOTHING, onMove: router.showAsset, onClose: router.closeAsset }}
        />
      ) : null}
    </>
  );
}
