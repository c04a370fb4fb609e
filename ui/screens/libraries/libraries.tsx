import { useEffect, useState } from 'preact/hooks';
import { agoWords } from '../../ago.ts';
import { useMember } from '../../app-context.ts';
import { listQueues } from '../../calls/box.ts';
import { type Library, listLibraries, removeLibrary, scanLibrary } from '../../calls/libraries.ts';
import { type Account, listAccounts } from '../../calls/users.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { Row, Section } from '../../components/rows.tsx';
import { Banner, EmptyState, LoadedView, ProgressBar } from '../../components/states.tsx';
import { readableBytes } from '../../numbers.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';
import { LibraryDialog } from './library-dialog.tsx';
import { type ScanState, scanState } from './scan-state.ts';

/** Often enough to see the count rise while a folder is looked through, and rarely for a quiet page. */
const SCANNING_MS = 2_000;
const QUIET_MS = 20_000;

/** Folders on other drives, how far looking through them is, and whether their drives are there. */
export function Libraries() {
  const { api, toasts } = useMember();
  const load = useLoad(async () => {
    const [libraries, queues, accounts] = await Promise.all([
      listLibraries(api),
      listQueues(api),
      listAccounts(api),
    ]);
    const scans = queues.find(({ name }) => name === 'library')?.statistics;
    return { libraries, accounts, scans };
  }, []);
  const [isAdding, setIsAdding] = useState(false);
  const [removing, setRemoving] = useState<Library>();
  const words = text.settings.libraries;
  const { state } = load;
  const isScanning =
    state.kind === 'ready' &&
    state.value.libraries.some((library) => scanState(library, state.value.scans) !== 'quiet');
  useEffect(() => {
    const timer = setInterval(
      () => {
        // What is being typed outlives a box that does not answer for a moment.
        if (document.visibilityState === 'visible' && !isAdding) load.reload();
      },
      isScanning ? SCANNING_MS : QUIET_MS,
    );
    return () => clearInterval(timer);
  }, [isScanning, isAdding]);
  return (
    <Page
      title={words.title}
      actions={
        <Button kind="main" icon="plus" onClick={() => setIsAdding(true)}>
          {words.add}
        </Button>
      }
    >
      <LoadedView load={load}>
        {({ libraries, accounts, scans }) => (
          <>
            {libraries.length === 0 ? (
              <EmptyState icon="folder" title={words.empty} words={words.emptyLead} />
            ) : (
              libraries.map((library) => (
                <LibrarySection
                  key={library.id}
                  library={library}
                  scan={scanState(library, scans)}
                  owner={accounts.find(({ id }) => id === library.ownerId)}
                  onRemove={() => setRemoving(library)}
                  onChange={load.reload}
                />
              ))
            )}
            {isAdding ? (
              <LibraryDialog
                accounts={accounts.filter(({ status }) => status === 'active')}
                onClose={() => setIsAdding(false)}
                onAdded={() => {
                  setIsAdding(false);
                  load.reload();
                }}
              />
            ) : null}
          </>
        )}
      </LoadedView>
      {removing ? (
        <ConfirmDialog
          title={words.removeTitle(removing.name)}
          confirmWords={words.remove}
          isDangerous
          onClose={() => setRemoving(undefined)}
          onConfirm={async () => {
            await removeLibrary(api, removing.id);
            toasts.show({ words: words.removed });
            load.reload();
          }}
        >
          {words.removeConfirm}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

interface LibrarySectionProps {
  library: Library;
  scan: ScanState;
  owner: Account | undefined;
  onRemove: () => void;
  onChange: () => void;
}

function LibrarySection({ library, scan, owner, onRemove, onChange }: LibrarySectionProps) {
  const { api, toasts } = useMember();
  const { run } = useAction();
  const words = text.settings.libraries;
  const { total, usage, offline } = library.statistics;
  const scanWords = {
    quiet: '',
    waiting: words.waiting,
    failed: words.failed,
    scanning: total > 0 ? words.scanningSoFar(total) : words.scanning,
  }[scan];
  return (
    <Section
      title={library.name}
      {...(owner && { lead: words.ofPerson(owner.name) })}
      action={
        <Menu
          label={words.more(library.name)}
          items={[
            {
              words: words.scan,
              icon: 'rotate',
              run: () =>
                void run(async () => {
                  await scanLibrary(api, library.id);
                  toasts.show({ words: words.scanned });
                  onChange();
                }),
            },
            { words: words.remove, icon: 'close', isDangerous: true, run: onRemove },
          ]}
        />
      }
    >
      {offline > 0 ? (
        <Banner tone="warn">{offline >= total ? words.offline : words.someOffline(offline)}</Banner>
      ) : null}
      <ul>
        {library.importPaths.map((path) => (
          <Row
            key={path}
            icon="folder"
            title={path}
            facts={[
              words.count(total),
              readableBytes(usage),
              library.refreshedAt === null ? '' : words.looked(agoWords(library.refreshedAt, Date.now())),
            ]}
          />
        ))}
      </ul>
      {scanWords ? (
        <div role="status">
          <p class="row-facts">{scanWords}</p>
          {scan === 'scanning' ? <ProgressBar label={words.scanning} /> : null}
        </div>
      ) : null}
    </Section>
  );
}
