import './memories.css';
import { useState } from 'preact/hooks';
import { pictureUrl } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { listMemories, type Memory } from '../../calls/memories.ts';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, LoadedView, Skeleton } from '../../components/states.tsx';
import { dateWords } from '../../dates.ts';
import { text } from '../../text.ts';
import { useFresh } from '../../use-fresh.ts';
import { useLoad } from '../../use-load.ts';
import { Player } from './player.tsx';
import { yearsSince } from './years-since.ts';

/** What happened on this day in other years, and what was kept. */
export function Memories() {
  const { api } = useMember();
  const today = todayText();
  const load = useLoad(async () => {
    const [ofToday, kept] = await Promise.all([
      listMemories(api, { for: today }),
      listMemories(api, { isSaved: true }),
    ]);
    const withPhotos = (list: readonly Memory[]) => list.filter(({ assets }) => assets.length > 0);
    return { ofToday: withPhotos(ofToday), kept: withPhotos(kept) };
  }, [api, today]);
  useFresh(load.look);
  const [openId, setOpenId] = useState<string>();
  const words = text.memories;
  return (
    <Page title={words.title}>
      <LoadedView load={load} skeleton={<Skeleton kind="tiles" count={4} />}>
        {({ ofToday, kept }) => {
          const all = [...ofToday, ...kept.filter(({ id }) => !ofToday.some((memory) => memory.id === id))];
          const open = all.find(({ id }) => id === openId);
          if (all.length === 0)
            return <EmptyState icon="memories" title={words.emptyTitle} words={words.empty} />;
          const change = (changed: Memory | undefined, id: string) => {
            const swap = (list: readonly Memory[]) =>
              list.flatMap((memory) => (memory.id !== id ? [memory] : changed ? [changed] : []));
            const isKept = kept.some((memory) => memory.id === id);
            load.change({
              ofToday: swap(ofToday),
              kept:
                changed?.isSaved && !isKept
                  ? [changed, ...kept]
                  : swap(kept).filter(({ isSaved }) => isSaved),
            });
          };
          return (
            <>
              <Shelf
                title={words.today}
                memories={ofToday}
                onOpen={setOpenId}
                none={words.none}
                today={today}
              />
              {kept.length > 0 ? (
                <Shelf title={words.kept} memories={kept} onOpen={setOpenId} none="" today={today} />
              ) : null}
              {open ? (
                <Player
                  key={open.id}
                  memory={open}
                  title={titleOf(open, today)}
                  onChange={(changed) => change(changed, open.id)}
                  onClose={() => setOpenId(undefined)}
                />
              ) : null}
            </>
          );
        }}
      </LoadedView>
    </Page>
  );
}

interface ShelfProps {
  title: string;
  memories: readonly Memory[];
  onOpen: (id: string) => void;
  /** Said when there is none. */
  none: string;
  today: string;
}

function Shelf({ title, memories, onOpen, none, today }: ShelfProps) {
  return (
    <section class="memory-shelf">
      <h2>{title}</h2>
      {memories.length === 0 ? <p class="memory-none">{none}</p> : null}
      <ul>
        {memories.map((memory) => {
          const { id, assets, isSaved } = memory;
          const cover = assets[0];
          const day = dateWords().day(new Date(memory.memoryAt));
          return (
            <li key={id}>
              <button
                type="button"
                class={memory.seenAt ? 'memory-card' : 'memory-card memory-new'}
                onClick={() => onOpen(id)}
              >
                {cover?.thumbhash ? (
                  <img src={pictureUrl(cover.id, 'preview', cover.thumbhash)} alt="" loading="lazy" />
                ) : null}
                {isSaved ? (
                  <span class="memory-heart">
                    <Icon name="heart" size={18} isFilled />
                  </span>
                ) : null}
                <span class="memory-words">
                  <strong>{titleOf(memory, today)}</strong>
                  <span>{day}</span>
                  <span>{text.memories.photos(assets.length)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function titleOf({ memoryAt }: Memory, today: string): string {
  return text.memories.yearsAgo(yearsSince(memoryAt.slice(0, 10), today));
}

/** The reader's day by their own clock. */
function todayText(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
