import type { UpdateOutcome, Updates } from '#contract/appliance-updates';
import { agoWords, momentOf } from '../../ago.ts';
import { useMember } from '../../app-context.ts';
import { restartBox } from '../../calls/updates.ts';
import { Button } from '../../components/button.tsx';
import { Banner, ProgressBar } from '../../components/states.tsx';
import { readableBytes } from '../../numbers.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { faultWords } from './fault-words.ts';
import type { UpdatesHere } from './updates.tsx';

interface NowProps {
  updates: UpdatesHere;
  /** This page sends a file at the moment. */
  isSending: boolean;
  onChange: (updates: Updates) => void;
}

/** What runs, what is being done about another version, and what came of the last one. */
export function Now({ updates, isSending, onChange }: NowProps) {
  const { installed, step, last } = updates;
  const words = text.updates;
  const { keptAt } = installed;
  return (
    <section class="section" aria-labelledby="update-version">
      <div>
        <h2 id="update-version" class="update-version">
          {words.version(installed.version)}
        </h2>
        {step.kind === 'trying' ? null : (
          <p class="section-lead">{keptAt === null ? words.newBox : words.installedAt(momentOf(keptAt))}</p>
        )}
      </div>
      {last && (step.kind === 'idle' || step.kind === 'failed') ? <Last outcome={last} /> : null}
      <div class="update-live" aria-live="polite">
        <Step updates={updates} isSending={isSending} onChange={onChange} />
      </div>
    </section>
  );
}

function Last({ outcome: { kind, from, to, at, reason } }: { outcome: UpdateOutcome }) {
  const words = text.updates.last;
  if (kind === 'updated') return <Banner tone="good">{words.updated(to, agoWords(at, Date.now()))}</Banner>;
  return (
    <Banner tone="warn">
      <p>{kind === 'went_back' ? words.wentBack(from, to) : words.notFinished(to)}</p>
      <p>
        {reason ? faultWords(reason) : ''} {words.safe}
      </p>
    </Banner>
  );
}

function Step({ updates: { step }, isSending, onChange }: NowProps) {
  const { api } = useMember();
  const { run, isBusy } = useAction();
  const words = text.updates;
  const restart = (when: 'now' | 'tonight' | 'later') =>
    run(async () => onChange(await restartBox(api, when)));
  switch (step.kind) {
    case 'receiving':
      return isSending ? (
        <Progress title={words.sending} received={step.receivedBytes} total={step.totalBytes} />
      ) : (
        <Banner tone="warn">{words.brokenOff}</Banner>
      );
    case 'downloading':
      return (
        <Progress
          title={words.fetching(step.version)}
          received={step.receivedBytes}
          total={step.totalBytes}
        />
      );
    case 'checking':
      return (
        <div class="update-step">
          <h3>{words.checking}</h3>
          <ProgressBar label={words.checking} />
        </div>
      );
    case 'installing':
      return (
        <div class="update-step">
          <h3>{words.installing(step.version)}</h3>
          <ProgressBar label={words.installing(step.version)} fraction={step.percent / 100} />
          <p class="section-lead">{words.installingWords}</p>
        </div>
      );
    case 'failed':
      return <Banner tone="bad">{faultWords(step.fault)}</Banner>;
    case 'installed':
      return (
        <div class="update-step">
          <h3>{words.ready(step.version)}</h3>
          <p>{step.restartAt === null ? words.readyWords : words.restartsAt(momentOf(step.restartAt))}</p>
          <div class="section-actions">
            <Button kind="main" icon="restore" isBusy={isBusy} onClick={() => restart('now')}>
              {words.restartNow}
            </Button>
            <Button isBusy={isBusy} onClick={() => restart(step.restartAt === null ? 'tonight' : 'later')}>
              {step.restartAt === null ? words.restartTonight : words.restartLater}
            </Button>
          </div>
        </div>
      );
    case 'restarting':
      return (
        <div class="update-step">
          <h3>{words.restarting}</h3>
          <ProgressBar label={words.restarting} />
          <p class="section-lead">{words.restartingWords}</p>
        </div>
      );
    case 'trying':
      return (
        <div class="update-step">
          <h3>{words.trying.title(step.version)}</h3>
          <ProgressBar label={words.trying.title(step.version)} />
          <p class="section-lead">{words.trying.words}</p>
        </div>
      );
    default:
      return null;
  }
}

function Progress({ title, received, total }: { title: string; received: number; total: number }) {
  return (
    <div class="update-step">
      <h3>{title}</h3>
      <ProgressBar label={title} fraction={received / total} />
      <p class="section-lead">{text.updates.ofAll(readableBytes(received), readableBytes(total))}</p>
    </div>
  );
}
