import './tag.css';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { listTags, untagAssets } from '../../calls/assets.ts';
import { Breadcrumbs } from '../../components/breadcrumbs.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState, ErrorState, LoadedView, Skeleton } from '../../components/states.tsx';
import { TagDot } from '../../components/tag-dot.tsx';
import { TagMenu } from '../../components/tag-menu.tsx';
import type { ScreenProps } from '../../screens.ts';
import { tagsAbove } from '../../tag-tree.ts';
import { text } from '../../text.ts';
import { TIMELINE_ACTIONS } from '../../use-asset-actions.tsx';
import { type Load, useLoad } from '../../use-load.ts';
import { useTimeline } from '../../use-timeline.ts';

type Tags = Awaited<ReturnType<typeof listTags>>;

/** The photos of a tag, and of those inside it. */
export function Tag({ params }: ScreenProps) {
  const { api } = useMember();
  const tags = useLoad(() => listTags(api), [api]);
  const { state } = tags;
  if (state.kind === 'ready')
    return <TaggedPhotos key={params['tagId']} id={params['tagId'] ?? ''} tags={tags} list={state.value} />;
  return (
    <>
      <Breadcrumbs label={text.tags.way} crumbs={[{ words: text.tags.title, href: '/tags' }]} />
      <Page title={text.tags.title}>
        <LoadedView load={tags} skeleton={<Skeleton kind="tiles" count={12} />}>
          {() => null}
        </LoadedView>
      </Page>
    </>
  );
}

function TaggedPhotos({ id, tags, list }: { id: string; tags: Load<Tags>; list: Tags }) {
  const { api, router, toasts } = useMember();
  const source = useTimeline({ tagId: id, withStacked: true });
  const words = text.tags;
  const tag = list.find((one) => one.id === id);
  if (!tag)
    return (
      <Page title={text.kit.notFoundTitle} isTitleHidden>
        <ErrorState problem={new RequestProblem(404, words.gone)} />
      </Page>
    );
  const above = tagsAbove(new Map(list.map((one) => [one.id, one])), tag);
  const inside = list.filter(({ parentId }) => parentId === id);
  return (
    <>
      <Breadcrumbs
        label={words.way}
        crumbs={[
          { words: words.title, href: '/tags' },
          ...above.map((one) => ({ words: one.name, href: `/tags/${one.id}` })),
        ]}
      />
      <Page
        title={tag.name}
        heading={
          <span class="tag-heading">
            <TagDot color={tag.color} />
            {tag.name}
          </span>
        }
        actions={
          <TagMenu
            tag={tag}
            hasInside={inside.length > 0}
            onChanged={tags.reload}
            onDeleted={() => router.go('/tags', { replace: true })}
          />
        }
      >
        {inside.length > 0 ? (
          <ul class="tag-chips" aria-label={words.inside}>
            {inside.map((one) => (
              <li key={one.id}>
                <a class="tag-chip" href={`/tags/${one.id}`}>
                  <TagDot color={one.color} />
                  {one.name}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
        <PhotoView
          source={source}
          can={TIMELINE_ACTIONS}
          actions={[
            {
              words: words.untag(tag.name),
              icon: 'tag',
              isRare: true,
              // A photo that has it only from a tag inside stays.
              leavesList: inside.length === 0,
              run: async (ids) => {
                await untagAssets(api, id, ids);
                await source.refresh('all');
                toasts.show({ words: words.untagged(tag.name) });
              },
            },
          ]}
          empty={<EmptyState icon="tag" title={words.noPhotosTitle} words={words.noPhotos} />}
        />
      </Page>
    </>
  );
}
