import { useEffect, useMemo, useRef } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { Button } from '../../components/button.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { useStore } from '../../store.ts';
import { text } from '../../text.ts';
import { TIMELINE_ACTIONS } from '../../use-asset-actions.tsx';
import { createFound } from './found.ts';
import { type SearchWish, wishAddress } from './search-wish.ts';

/** How far below the screen the next page is asked for, in px. */
const AHEAD_PX = 1200;

/** What was found, newest first; more of it comes as the reader goes down. */
export function Results({ wish }: { wish: SearchWish }) {
  const { api } = useMember();
  const found = useMemo(() => createFound(api, wish), [api, wishAddress(wish)]);
  const { total, hasMore, isBusy, problem } = useStore(found.progress);
  const { groups } = useStore(found.source.state);
  const end = useRef<HTMLDivElement>(null);
  const isFirst = groups === undefined;
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore || isBusy || problem) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void found.more();
      },
      { rootMargin: `${AHEAD_PX}px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [found, hasMore, isBusy, problem]);
  const words = text.search;

  return (
    <>
      <p class={total === 0 ? 'unseen' : 'search-count'} role="status">
        {isFirst ? (problem ? '' : words.searching) : total === undefined ? '' : words.found(total)}
      </p>
      {isFirst && problem ? (
        <ErrorState problem={problem} onRetry={() => void found.more()} />
      ) : (
        <PhotoView
          source={found.source}
          can={TIMELINE_ACTIONS}
          empty={<EmptyState icon="search" title={words.noneTitle} words={words.none} />}
        />
      )}
      {!isFirst && problem ? (
        <ErrorState
          problem={new RequestProblem(problem.status, problem.message)}
          onRetry={() => void found.more()}
        />
      ) : null}
      {hasMore && !problem && !isFirst ? (
        <div ref={end} class="search-more">
          <Button kind="quiet" isBusy={isBusy} onClick={() => void found.more()}>
            {words.more}
          </Button>
        </div>
      ) : null}
    </>
  );
}
