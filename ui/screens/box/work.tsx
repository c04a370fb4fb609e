import { useEffect } from 'preact/hooks';
import type { QueueSummary } from '#contract/queues';
import { useMember } from '../../app-context.ts';
import { listQueues, pauseQueue, retryQueue } from '../../calls/box.ts';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { LoadedView, ProgressBar } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';
import { BoxCard } from './box-card.tsx';

/** Often enough to see numbers fall. */
const REFRESH_MS = 3_000;

type KnownQueue = QueueSummary & { name: keyof typeof text.box.work.queues };

/** What the box has to do, with ways to hold it and to try again. Only what this box does is listed. */
export function Work() {
  const { api } = useMember();
  const load = useLoad(() => listQueues(api), []);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') load.reload();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <BoxCard icon="settings" title={text.box.work.title} lead={text.box.work.lead} isWide>
      <LoadedView load={load}>
        {(queues) => (
          <ul class="work-list">
            {queues
              .filter((queue): queue is KnownQueue => queue.name in text.box.work.queues)
              .map((queue) => (
                <WorkRow
                  key={queue.name}
                  queue={queue}
                  onChange={(changed) =>
                    load.change(queues.map((other) => (other.name === changed.name ? changed : other)))
                  }
                  onRetry={load.reload}
                />
              ))}
          </ul>
        )}
      </LoadedView>
    </BoxCard>
  );
}

function WorkRow({
  queue,
  onChange,
  onRetry,
}: {
  queue: KnownQueue;
  onChange: (queue: QueueSummary) => void;
  onRetry: () => void;
}) {
  const { api, toasts } = useMember();
  const { run, isBusy } = useAction();
  const words = text.box.work;
  const name = words.queues[queue.name];
  const { active, failed } = queue.statistics;
  const waiting = queue.statistics.waiting + queue.statistics.paused + queue.statistics.delayed;
  const isCheck = queue.name === 'integrityCheck';
  const facts = [
    queue.isPaused ? words.paused : '',
    active > 0 ? words.active(active) : '',
    waiting > 0 ? words.waiting(waiting) : '',
    failed > 0 ? words.failed(failed) : '',
  ].filter(Boolean);
  const retry = (told: string) =>
    run(async () => {
      await retryQueue(api, queue.name);
      toasts.show({ words: told });
      onRetry();
    });
  return (
    <li class="work-row">
      <div class="work-words">
        <p class="work-name">{name}</p>
        <p class="box-soft">{facts.length === 0 ? words.idle : facts.join(' · ')}</p>
        {active > 0 && !queue.isPaused ? <ProgressBar label={name} /> : null}
      </div>
      {failed > 0 ? (
        <Button isBusy={isBusy} onClick={() => retry(words.retrying)}>
          {words.retry}
        </Button>
      ) : null}
      {isCheck ? (
        <Button isBusy={isBusy} onClick={() => retry(words.checking)}>
          {words.checkNow}
        </Button>
      ) : (
        <IconButton
          icon={queue.isPaused ? 'play' : 'pause'}
          label={queue.isPaused ? words.resume(name) : words.pause(name)}
          isDisabled={isBusy}
          onClick={() => run(async () => onChange(await pauseQueue(api, queue.name, !queue.isPaused)))}
        />
      )}
    </li>
  );
}
