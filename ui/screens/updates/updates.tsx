import './updates.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Updates } from '#contract/appliance-updates';
import { useMember } from '../../app-context.ts';
import { readUpdates } from '../../calls/updates.ts';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { GetUpdate } from './get-update.tsx';
import { Now } from './now.tsx';

/** A box that is updated, as this page knows it. */
export type UpdatesHere = Extract<Updates, { isHere: true }>;

/** Steps that pass by themselves, and how often they are looked at. */
const PASSING = ['downloading', 'checking', 'installing', 'restarting', 'trying'];
const PASSING_MS = 1_000;
const CALM_MS = 30_000;

/** Which version runs on the box, what happened last, and how to get a newer one. */
export function UpdatesScreen() {
  const { api } = useMember();
  const load = useLoad(() => readUpdates(api), []);
  const { state } = load;
  const [isSending, setIsSending] = useState(false);
  const kind = state.kind === 'ready' && state.value.isHere ? state.value.step.kind : undefined;
  // While the box starts again no answer is what is to be expected.
  const wasRestarting = useRef(false);
  if (kind !== undefined) wasRestarting.current = kind === 'restarting';
  const isAway = wasRestarting.current && state.kind === 'problem';
  const isPassing = isAway || (kind !== undefined && PASSING.includes(kind));
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (!isSending && document.visibilityState === 'visible') load.reload();
      },
      isPassing ? PASSING_MS : CALM_MS,
    );
    return () => clearInterval(timer);
  }, [isPassing, isSending]);

  return (
    <Page title={text.updates.title}>
      {state.kind === 'loading' ? <Skeleton /> : null}
      {isAway ? (
        <Notice title={text.updates.restarting} words={text.updates.restartingWords} isBusy />
      ) : state.kind === 'problem' ? (
        <ErrorState problem={state.problem} onRetry={load.reload} />
      ) : null}
      {state.kind === 'ready' && !state.value.isHere ? (
        <EmptyState icon="box" title={text.updates.elsewhere.title} words={text.updates.elsewhere.words} />
      ) : null}
      {state.kind === 'ready' && state.value.isHere ? (
        <>
          <Now updates={state.value} isSending={isSending} onChange={load.change} />
          <GetUpdate
            updates={state.value}
            isSending={isSending}
            onSending={setIsSending}
            onChange={load.change}
            onReload={load.reload}
          />
        </>
      ) : null}
    </Page>
  );
}
