import './folders.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { listFolderPhotos, listFolders } from '../../calls/folders.ts';
import { gridAssetOf } from '../../calls/shared-links.ts';
import { Breadcrumbs, type Crumb } from '../../components/breadcrumbs.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { buildFolderTree, type Folder, findFolder } from '../../folder-tree.ts';
import { createLoadedSource } from '../../loaded-source.ts';
import type { PhotoSource } from '../../photo-source.ts';
import type { ScreenProps } from '../../screens.ts';
import { text } from '../../text.ts';
import { TIMELINE_ACTIONS } from '../../use-asset-actions.tsx';
import { useFresh } from '../../use-fresh.ts';
import { useLoad } from '../../use-load.ts';

/** News that come in quick succession cost one look. */
const GATHER_MS = 1500;

/** The plain folders of the drives, as any computer would show them. */
export function Folders({ query }: ScreenProps) {
  const { api } = useMember();
  const paths = useLoad(() => listFolders(api), [api]);
  useFresh(paths.look);
  const path = query.get('path') ?? '';
  const words = text.folders;
  const { state } = paths;
  const top = useMemo(
    () => (state.kind === 'ready' ? buildFolderTree(state.value) : undefined),
    [state.kind === 'ready' ? state.value : undefined],
  );
  // One place with photos needs no list of places.
  const only = top?.inside.length === 1 ? top.inside[0] : undefined;
  if (only && (path === '' || path === only.path))
    return (
      <OpenFolder
        key={only.path}
        folder={only}
        crumbs={[]}
        title={words.title}
        lead={<OnlyFolder path={only.path} />}
      />
    );
  if (!top && path !== '')
    return (
      <>
        <Breadcrumbs label={words.way} crumbs={[{ words: words.title, href: linkTo('') }]} />
        <Page title={path.slice(path.lastIndexOf('/') + 1)} lead={<span class="folder-path">{path}</span>}>
          <LoadedView load={paths}>{() => null}</LoadedView>
        </Page>
      </>
    );
  if (!top || path === '')
    return (
      <Page title={words.title} lead={words.lead}>
        <LoadedView load={paths}>
          {() =>
            !top || top.inside.length === 0 ? (
              <EmptyState icon="folder" title={words.emptyTitle} words={words.empty} />
            ) : (
              <FolderList folders={top.inside} isTop />
            )
          }
        </LoadedView>
      </Page>
    );
  const way = findFolder(top, path);
  const folder = way?.at(-1);
  if (!way || !folder)
    return (
      <Page title={words.title} back="/folders">
        <ErrorState problem={new RequestProblem(404, words.gone)} />
      </Page>
    );
  const above = way.slice(0, -1).filter((one) => one !== only);
  return (
    <OpenFolder
      key={path}
      folder={folder}
      crumbs={above.map((one) => ({
        words: one.path === '' ? words.title : nameOf(one, way.indexOf(one) === 1),
        href: linkTo(one.path),
      }))}
      title={nameOf(folder, way.length === 2)}
      lead={<span class="folder-path">{folder.path}</span>}
    />
  );
}

const linkTo = (path: string) => (path === '' ? '/folders' : `/folders?path=${encodeURIComponent(path)}`);

/** A folder's name; those at the top say where they are. */
function nameOf({ path, name }: Folder, isTop: boolean): string {
  if (!isTop) return name;
  return path.startsWith('/') ? path : text.folders.onTheBox;
}

/** What this screen is, and which folder is open although nobody chose it. */
function OnlyFolder({ path }: { path: string }) {
  return (
    <>
      {text.folders.lead} <span class="folder-path">{path}</span>
    </>
  );
}

function FolderList({ folders, isTop = false }: { folders: readonly Folder[]; isTop?: boolean }) {
  const words = text.folders;
  return (
    <ul class="folder-list" aria-label={words.inside}>
      {folders.map((folder) => (
        <li key={folder.path}>
          <a class="folder" href={linkTo(folder.path)}>
            <Icon name={isTop ? (folder.path.startsWith('/') ? 'drive' : 'box') : 'folder'} />
            <span class="folder-words">
              <span class="folder-name">{nameOf(folder, isTop)}</span>
              {folder.inside.length > 0 ? (
                <span class="folder-more">{words.folders(folder.inside.length)}</span>
              ) : null}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

interface OpenFolderProps {
  folder: Folder;
  crumbs: readonly Crumb[];
  title: string;
  lead: ComponentChildren;
}

function OpenFolder({ folder, crumbs, title, lead }: OpenFolderProps) {
  const words = text.folders;
  const source = useFolder(folder.path);
  return (
    <>
      {crumbs.length > 0 ? <Breadcrumbs label={words.way} crumbs={crumbs} /> : null}
      <Page title={title} lead={lead}>
        {folder.inside.length > 0 ? <FolderList folders={folder.inside} /> : null}
        {folder.hasPhotos ? (
          <PhotoView
            source={source}
            can={TIMELINE_ACTIONS}
            empty={<EmptyState icon="folder" title={words.noPhotosTitle} words={words.noPhotos} />}
          />
        ) : null}
      </Page>
    </>
  );
}

/** What came or went while the folder is looked at. */
const CHANGES = [
  'on_upload_success',
  'on_asset_update',
  'on_asset_trash',
  'on_asset_restore',
  'on_asset_hidden',
];

/** The photos of a folder, kept up to date while it is open. */
function useFolder(path: string): PhotoSource {
  const { api, live } = useMember();
  const source = useMemo(
    () => createLoadedSource(async () => (await listFolderPhotos(api, path)).map(gridAssetOf)),
    [api, path],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void source.refresh('all');
      }, GATHER_MS);
    };
    const stops = CHANGES.map((event) => live.on(event, refresh));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [live, source]);
  useFresh(() => void source.refresh('all'));
  return source;
}
