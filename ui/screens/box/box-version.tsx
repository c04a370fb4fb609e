import { agoWords } from '../../ago.ts';
import { useMember } from '../../app-context.ts';
import { readUpdates } from '../../calls/updates.ts';
import { Button } from '../../components/button.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { BoxCard } from './box-card.tsx';

/** Which version runs, what came of the last update, and the way to the next. Nothing where the box has none. */
export function BoxVersion() {
  const { api } = useMember();
  const { state } = useLoad(() => readUpdates(api), []);
  if (state.kind !== 'ready' || !state.value.isHere) return null;
  const { installed, last, source, step } = state.value;
  const words = text.updates;
  return (
    <BoxCard icon="restore" title={words.title} isWide>
      <p class="box-figure">
        {step.kind === 'trying' ? words.trying.title(step.version) : words.version(installed.version)}
      </p>
      {last ? (
        <p>
          {last.kind === 'updated'
            ? words.last.updated(last.to, agoWords(last.at, Date.now()))
            : last.kind === 'went_back'
              ? words.last.wentBack(last.from, last.to)
              : words.last.notFinished(last.to)}
        </p>
      ) : null}
      {step.kind === 'installed' ? <p>{words.ready(step.version)}</p> : null}
      {source.offered ? <p>{words.find.there(source.offered.version)}</p> : null}
      <div>
        <Button href="/updates">{words.open}</Button>
      </div>
    </BoxCard>
  );
}
