import type { AssetResponse } from '#contract/assets';
import type { PersonResponse } from '#contract/people';
import { pictureUrl } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { exploreLibrary } from '../../calls/search.ts';
import { PersonFace } from '../../components/person-face.tsx';
import { EmptyState, LoadedView, Skeleton } from '../../components/states.tsx';
import { dateWords } from '../../dates.ts';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { NO_WISH, wishAddress } from './search-wish.ts';

/** A row of faces, not a crowd. */
const MOST_PEOPLE = 12;

/** What is drawn while nothing is looked for: people and places to begin with. */
export function Explore({ people }: { people: readonly PersonResponse[] | undefined }) {
  const { api } = useMember();
  const load = useLoad(() => exploreLibrary(api), [api]);
  const words = text.search;
  const named = people?.filter(({ name }) => name !== '').slice(0, MOST_PEOPLE) ?? [];
  return (
    <LoadedView load={load} skeleton={<Skeleton kind="tiles" count={12} />}>
      {(groups) => {
        const items = (field: string) => groups.find(({ fieldName }) => fieldName === field)?.items ?? [];
        const cities = items('exifInfo.city');
        const recent = items('createdAt');
        if (cities.length + recent.length + named.length === 0)
          return <EmptyState icon="search" title={words.emptyTitle} words={words.empty} />;
        return (
          <>
            <p class="search-hint">{words.hint}</p>
            {named.length > 0 ? (
              <section class="search-section">
                <h2>{words.people}</h2>
                <a class="search-all" href="/people">
                  {words.allPeople}
                </a>
                <ul class="search-people">
                  {named.map(({ id, name, updatedAt }) => (
                    <li key={id}>
                      <a class="search-way search-person" href={wishAddress({ ...NO_WISH, personIds: [id] })}>
                        <PersonFace personId={id} name={name} version={updatedAt} />
                        <span class="search-name">{name}</span>
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
            {cities.length > 0 ? (
              <section class="search-section">
                <h2>{words.places}</h2>
                <a class="search-all" href="/places">
                  {words.map}
                </a>
                <ul class="search-cities">
                  {cities.map(({ value, data }) => (
                    <li key={value}>
                      <a class="search-way search-city" href={wishAddress({ ...NO_WISH, city: value })}>
                        <Picture asset={data} />
                        <span class="search-city-name">{value}</span>
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
            {recent.length > 0 ? (
              <section class="search-section">
                <h2>{words.recent}</h2>
                <ul class="search-recent">
                  {recent.map(({ data }) => (
                    <li key={data.id}>
                      <a
                        class="search-way search-new"
                        href={`/photos/${data.id}`}
                        aria-label={text.photos.photo(dateWords().day(new Date(data.localDateTime)))}
                      >
                        <Picture asset={data} />
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
          </>
        );
      }}
    </LoadedView>
  );
}

function Picture({ asset: { id, thumbhash } }: { asset: AssetResponse }) {
  return thumbhash ? (
    <img src={pictureUrl(id, 'thumbnail', thumbhash)} alt="" loading="lazy" decoding="async" />
  ) : (
    <span class="search-no-picture" />
  );
}
