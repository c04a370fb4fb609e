import { useEffect, useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { closeLocked } from '../../calls/locked.ts';
import { Button } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState } from '../../components/states.tsx';
import { dateWords } from '../../dates.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import type { AssetActionName } from '../../use-asset-actions.tsx';
import { useTimeline } from '../../use-timeline.ts';
import { ChangePin } from './change-pin.tsx';
import { waitBeforeLooking } from './closing-time.ts';

const LOCKED_ACTIONS: readonly AssetActionName[] = ['unlock', 'erase', 'download'];

export interface LockedPhotosProps {
  /** The instant when the box closes the folder by itself. */
  closesAt: string | undefined;
  /** It is closed now, or may be: look. */
  onClosed: () => void;
}

/** What is in the locked folder, for as long as it is open. */
export function LockedPhotos({ closesAt, onClosed }: LockedPhotosProps) {
  const { api } = useMember();
  const source = useTimeline({ visibility: 'locked' });
  const { run, isBusy } = useAction();
  const [isChanging, setIsChanging] = useState(false);
  useClosing(closesAt, onClosed);
  const words = text.locked;
  return (
    <Page
      title={words.title}
      lead={closesAt === undefined ? undefined : words.closesAt(clockWords(closesAt))}
      actions={
        <>
          <Button
            icon="lock"
            isBusy={isBusy}
            onClick={() =>
              void run(async () => {
                await closeLocked(api);
                onClosed();
              })
            }
          >
            {words.lockNow}
          </Button>
          <Menu
            label={text.kit.more}
            items={[{ words: words.change, icon: 'key', run: () => setIsChanging(true) }]}
          />
        </>
      }
    >
      <PhotoView
        source={source}
        can={LOCKED_ACTIONS}
        empty={<EmptyState icon="lock" title={words.emptyTitle} words={words.empty} />}
      />
      {isChanging ? <ChangePin onClose={() => setIsChanging(false)} /> : null}
    </Page>
  );
}

/** Looks again when its time is over, also after this device has slept through that. */
function useClosing(closesAt: string | undefined, onClosed: () => void): void {
  useEffect(() => {
    if (closesAt === undefined) return undefined;
    const timer = setTimeout(onClosed, waitBeforeLooking(closesAt, Date.now()));
    const onShown = () => {
      if (document.visibilityState === 'visible' && Date.now() > Date.parse(closesAt)) onClosed();
    };
    document.addEventListener('visibilitychange', onShown);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [closesAt]);
}

/** The server's instant on the reader's own clock. */
function clockWords(instant: string): string {
  return dateWords().time(new Date(Date.parse(instant) - new Date().getTimezoneOffset() * 60_000));
}
