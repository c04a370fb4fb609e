import './tags.css';
import { useState } from 'preact/hooks';
import type { TagResponse } from '#contract/tags';
import { useMember } from '../../app-context.ts';
import { listTags } from '../../calls/assets.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { TagDialog } from '../../components/tag-dialog.tsx';
import { TagDot } from '../../components/tag-dot.tsx';
import { TagMenu } from '../../components/tag-menu.tsx';
import { buildTagTree, filterTags, type TagNode } from '../../tag-tree.ts';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';

/** With fewer there is nothing to look for. */
const MANY = 12;

/** All tags as a tree. */
export function Tags() {
  const { api } = useMember();
  const tags = useLoad(() => listTags(api), [api]);
  const [isNaming, setIsNaming] = useState(false);
  const words = text.tags;
  return (
    <Page
      title={words.title}
      actions={
        <Button kind="main" icon="plus" onClick={() => setIsNaming(true)}>
          {words.create}
        </Button>
      }
    >
      <LoadedView load={tags}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon="tag" title={words.emptyTitle} words={words.empty}>
              <Button onClick={() => setIsNaming(true)}>{words.create}</Button>
            </EmptyState>
          ) : (
            <TagList tags={list} onChanged={tags.reload} />
          )
        }
      </LoadedView>
      {isNaming ? <TagDialog onClose={() => setIsNaming(false)} onSaved={tags.reload} /> : null}
    </Page>
  );
}

function TagList({ tags, onChanged }: { tags: readonly TagResponse[]; onChanged: () => void }) {
  const [find, setFind] = useState('');
  const words = text.tags;
  const nodes = buildTagTree(filterTags(tags, find));
  return (
    <>
      {tags.length > MANY ? (
        <Field
          label={words.find}
          isLabelHidden
          placeholder={words.find}
          type="search"
          value={find}
          onInput={setFind}
          isOptional
        />
      ) : null}
      {nodes.length === 0 ? (
        <p class="tags-none" role="status">
          {words.noneFound(find.trim())}
        </p>
      ) : (
        <ul class="tag-tree">
          {nodes.map((node) => (
            <TagRow key={node.tag.id} node={node} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </>
  );
}

function TagRow({ node: { tag, children }, onChanged }: { node: TagNode; onChanged: () => void }) {
  const [isOpen, setIsOpen] = useState(true);
  const words = text.tags;
  return (
    <li>
      <div class="tag-row">
        {children.length > 0 ? (
          <IconButton
            icon={isOpen ? 'down' : 'right'}
            label={isOpen ? words.fold(tag.name) : words.unfold(tag.name)}
            isExpanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          />
        ) : (
          <span class="tag-leaf" />
        )}
        <a class="tag-link" href={`/tags/${tag.id}`}>
          <TagDot color={tag.color} />
          <span>{tag.name}</span>
        </a>
        <TagMenu tag={tag} hasInside={children.length > 0} onChanged={onChanged} onDeleted={onChanged} />
      </div>
      {isOpen && children.length > 0 ? (
        <ul class="tag-inside">
          {children.map((node) => (
            <TagRow key={node.tag.id} node={node} onChanged={onChanged} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
