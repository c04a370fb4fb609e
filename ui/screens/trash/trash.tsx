import { useEffect, useMemo, useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { countTrashed, emptyTrash, listTrashed, readTrashDays, restoreAll } from '../../calls/trash.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState, LoadedView, Skeleton } from '../../components/states.tsx';
import { followAssets } from '../../live-timeline.ts';
import { useStore } from '../../store.ts';
import { text } from '../../text.ts';
import { createTimeline, type Timeline } from '../../timeline.ts';
import { findTrashDays, stretchOf } from '../../trash-days.ts';
import { useAction } from '../../use-action.ts';
import type { AssetActionName } from '../../use-asset-actions.tsx';
import { useLoad } from '../../use-load.ts';

const TRASH_ACTIONS: readonly AssetActionName[] = ['restore', 'erase'];

/** What was deleted, by the days that are left to change one's mind. */
export function Trash() {
  const { api } = useMember();
  const days = useLoad(async () => ({ keepDays: await readTrashDays(api) }), [api]);
  const { state } = days;
  const words = text.trash;
  if (state.kind === 'ready') return <FilledTrash keepDays={state.value.keepDays} />;
  return (
    <Page title={words.title}>
      <LoadedView load={days} skeleton={<Skeleton kind="tiles" count={12} />}>
        {() => null}
      </LoadedView>
    </Page>
  );
}

function FilledTrash({ keepDays }: { keepDays: number | undefined }) {
  const source = useTrash(keepDays ?? 0);
  const { groups } = useStore(source.state);
  const [isEmptying, setIsEmptying] = useState(false);
  const { api, toasts } = useMember();
  const { run, isBusy } = useAction();
  const words = text.trash;
  const total = (groups ?? []).reduce((sum, { count }) => sum + count, 0);
  const lead = keepDays === undefined ? words.leadWithout : words.lead(keepDays);
  return (
    <Page
      title={words.title}
      // An empty one says it below.
      lead={groups && total === 0 ? undefined : lead}
      actions={
        total > 0 ? (
          <>
            <Button
              icon="restore"
              isBusy={isBusy}
              onClick={() =>
                void run(async () => {
                  const { count } = await restoreAll(api);
                  await source.refresh('all');
                  toasts.show({ words: text.actions.restored(count) });
                })
              }
            >
              {words.restoreAll}
            </Button>
            <Button icon="trash" onClick={() => setIsEmptying(true)}>
              {words.empty}
            </Button>
          </>
        ) : undefined
      }
    >
      <PhotoView
        source={source}
        can={TRASH_ACTIONS}
        empty={<EmptyState icon="trash" title={words.emptyTitle} words={words.emptyWords(keepDays)} />}
      />
      {isEmptying ? (
        <ConfirmDialog
          title={words.confirmTitle(total)}
          confirmWords={words.confirm}
          isDangerous
          onClose={() => setIsEmptying(false)}
          onConfirm={async () => {
            const { count } = await emptyTrash(api);
            await source.refresh('all');
            toasts.show({ words: text.actions.erased(count) });
          }}
        >
          <p>{text.actions.eraseLead}</p>
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

/** The trash, a group for each day on which some of it goes. */
function useTrash(keepDays: number): Timeline {
  const { api, live } = useMember();
  const source = useMemo(() => {
    // One clock for all questions of a refresh, so that no photo falls between two days.
    let nowMs = Date.now();
    const keyOf = (daysLeft: number) => String(daysLeft);
    return createTimeline({
      months: async () => {
        nowMs = Date.now();
        const days = await findTrashDays(keepDays, (from, to) =>
          countTrashed(api, stretchOf(from, to, keepDays, nowMs)),
        );
        return days.map(({ daysLeft, count }) => ({ timeBucket: keyOf(daysLeft), count }));
      },
      month: (key) => listTrashed(api, stretchOf(Number(key), Number(key), keepDays, nowMs)),
      titleOf: (key) => text.trash.daysLeft(Number(key)),
    });
  }, [api, keepDays]);
  useEffect(() => followAssets(live, source), [live, source]);
  return source;
}
