import './locked.css';
import { useEffect, useRef } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { nameWindow } from '../../app-name.ts';
import { closeLocked, readLock } from '../../calls/locked.ts';
import { Page } from '../../components/page.tsx';
import { LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { LockedPhotos } from './locked-photos.tsx';
import { PinEntry } from './pin-entry.tsx';
import { PinSetup } from './pin-setup.tsx';

/** Photos that nobody sees without a PIN, also not who finds this page open. */
export function Locked() {
  const { api, router } = useMember();
  const lock = useLoad(() => readLock(api), [api]);
  const { state, reload } = lock;
  const isOpen = useRef(false);
  isOpen.current = state.kind === 'ready' && state.value.isElevated;

  // The browser remembers titles: the product's name tells nothing.
  useEffect(() => {
    nameWindow();
  });
  // Whoever goes elsewhere has finished; what is in here is not to turn up in a search.
  useEffect(
    () =>
      router.place.subscribe(({ path }) => {
        if (path !== '/locked' && isOpen.current) void closeQuietly(() => closeLocked(api));
      }),
    [api, router],
  );

  if (state.kind === 'ready' && state.value.isElevated)
    return <LockedPhotos closesAt={state.value.pinExpiresAt} onClosed={reload} />;
  return (
    <Page title={text.locked.title} isNarrow>
      <LoadedView load={lock}>
        {({ pinCode }) => (pinCode ? <PinEntry onOpen={reload} /> : <PinSetup onOpen={reload} />)}
      </LoadedView>
    </Page>
  );
}

/** A box that does not answer closes the folder by itself, in its time. */
async function closeQuietly(close: () => Promise<void>): Promise<void> {
  try {
    await close();
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
  }
}
