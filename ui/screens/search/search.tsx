import './search.css';
import { useMemo, useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { readSearchNames } from '../../calls/search.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { PersonFace } from '../../components/person-face.tsx';
import type { ScreenProps } from '../../screens.ts';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { Explore } from './explore.tsx';
import { FilterDialog } from './filter-dialog.tsx';
import { Results } from './results.tsx';
import { SearchBox } from './search-box.tsx';
import { isEmptyWish, joinWishes, NO_WISH, readWish, type SearchWish, wishAddress } from './search-wish.ts';
import { listThings } from './understand.ts';
import { chipsOf } from './wish-words.ts';

/** One box for everything photos can be found by; below it what was found, or ways into the library. */
export function Search({ query }: ScreenProps) {
  const { api, router } = useMember();
  const address = query.toString();
  const wish = useMemo(() => readWish(query), [address]);
  const load = useLoad(() => readSearchNames(api), [api]);
  // Names only help: without them words are looked for as they are, and the results say what is wrong.
  const names = load.state.kind === 'ready' ? load.state.value : undefined;
  const things = useMemo(() => (names ? listThings(names) : []), [names]);
  const [isFiltering, setIsFiltering] = useState(false);
  const chips = chipsOf(wish, names);
  const words = text.search;

  const show = (next: SearchWish) => router.go(wishAddress(next), { replace: !isEmptyWish(wish) });
  return (
    <Page title={words.title}>
      <div class="search-head">
        <SearchBox
          things={things}
          today={todayText()}
          hasWish={chips.length > 0}
          onWish={(more) => show(joinWishes(wish, more))}
          onRemoveLast={() => {
            const last = chips.at(-1);
            if (last) show(last.without);
          }}
          onClear={() => show(NO_WISH)}
        />
        <Button icon="settings" onClick={() => setIsFiltering(true)}>
          {words.filters}
        </Button>
      </div>
      {chips.length > 0 ? (
        <ul class="search-chips" aria-label={words.chips}>
          {chips.map((chip) => (
            <li key={chip.key}>
              <button
                type="button"
                class="search-chip"
                aria-label={words.removeChip(chip.words)}
                onClick={() => show(chip.without)}
              >
                {chip.personId ? (
                  <PersonFace personId={chip.personId} name={chip.words} size={24} />
                ) : (
                  <Icon name={chip.icon} size={16} />
                )}
                <span>{chip.words}</span>
                <Icon name="close" size={16} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {isEmptyWish(wish) ? <Explore people={names?.people} /> : <Results wish={wish} />}
      {isFiltering ? (
        <FilterDialog
          wish={wish}
          models={names?.models ?? []}
          onWish={(next) => {
            setIsFiltering(false);
            show(next);
          }}
          onClose={() => setIsFiltering(false)}
        />
      ) : null}
    </Page>
  );
}

/** The reader's day by their own clock. */
function todayText(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
