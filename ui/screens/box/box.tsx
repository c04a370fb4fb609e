import './box.css';
import { useEffect } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { readStatus } from '../../calls/box.ts';
import { Page } from '../../components/page.tsx';
import { LoadedView, Skeleton } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useFresh } from '../../use-fresh.ts';
import { useLoad } from '../../use-load.ts';
import { BoxLog } from './box-log.tsx';
import { BoxPhones } from './box-phones.tsx';
import { BoxVersion } from './box-version.tsx';
import { Safety } from './safety.tsx';
import { Space } from './space.tsx';
import { Verdict } from './verdict.tsx';
import { Work } from './work.tsx';

/** The state of a box changes slowly; what is counted in the background is there a moment later. */
const REFRESH_MS = 60_000;
const COUNTING_MS = 2_000;

/** How the box is, on one page that needs no manual. */
export function Box() {
  const { api, user } = useMember();
  const load = useLoad(() => readStatus(api), []);
  useFresh(load.look);
  const { state } = load;
  const figures = state.kind === 'ready' ? state.value.figures : undefined;
  const isCounting = figures?.originals === null;
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') load.reload();
      },
      isCounting ? COUNTING_MS : REFRESH_MS,
    );
    return () => clearInterval(timer);
  }, [isCounting]);
  return (
    <Page title={text.box.title}>
      <LoadedView load={load} skeleton={<Skeleton count={3} />}>
        {(status) => <Verdict status={status} />}
      </LoadedView>
      <div class="box-cards">
        {figures ? <Space figures={figures} /> : null}
        {figures ? <Safety figures={figures} /> : null}
        <BoxPhones />
        {user.isAdmin ? <Work /> : null}
        {user.isAdmin ? <BoxVersion /> : null}
        {user.isAdmin ? <BoxLog /> : null}
      </div>
    </Page>
  );
}
