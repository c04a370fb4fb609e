import './states.css';
import type { ComponentChildren } from 'preact';
import type { RequestProblem } from '../api.ts';
import { text } from '../text.ts';
import type { Load } from '../use-load.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** What would be here, and how it gets here. */
  words?: string;
  /** The way on. */
  children?: ComponentChildren;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon, title, words, children }: EmptyStateProps) {
  return (
    <div class="state">
      <span class="state-icon">
        <Icon name={icon} size={34} />
      </span>
      <h2>{title}</h2>
      {words ? <p>{words}</p> : null}
      {children}
    </div>
  );
}

/** A request that failed, in the server's words, with a way to ask again where that can help. */
export function ErrorState({ problem, onRetry }: { problem: RequestProblem; onRetry?: () => void }) {
  const isForbidden = problem.status === 403;
  const isMissing = problem.status === 404 || problem.code === 'not_found_or_no_access';
  const title = isForbidden
    ? text.kit.noRightsTitle
    : isMissing
      ? text.kit.notFoundTitle
      : text.kit.problemTitle;
  return (
    <div class="state state-problem" role="alert">
      <span class="state-icon">
        <Icon name={isForbidden ? 'lock' : 'warning'} size={34} />
      </span>
      <h2>{title}</h2>
      <p>{problem.message}</p>
      {onRetry && !isForbidden ? <Button onClick={onRetry}>{text.kit.tryAgain}</Button> : null}
    </div>
  );
}

export interface LoadedProps<T> {
  load: Load<T>;
  /** Drawn while the first answer is on its way; a few grey lines unless a screen has something better. */
  skeleton?: ComponentChildren;
  children: (value: T) => ComponentChildren;
}

/** What was asked for, in whichever state it is. */
export function LoadedView<T>({ load, skeleton, children }: LoadedProps<T>) {
  const { state, reload } = load;
  if (state.kind === 'loading') return <>{skeleton ?? <Skeleton />}</>;
  if (state.kind === 'problem') return <ErrorState problem={state.problem} onRetry={reload} />;
  return <>{children(state.value)}</>;
}

/** Grey shapes where something will be: lines of text, tiles of equal size, or round ones for people. */
export function Skeleton({
  kind = 'lines',
  count = 6,
}: {
  kind?: 'lines' | 'tiles' | 'faces';
  count?: number;
}) {
  return (
    <div class={`skeleton skeleton-${kind}`} role="status" aria-label={text.kit.loading}>
      {Array.from({ length: count }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}

/** One line above the content while something lasting is wrong. */
export function Banner({ tone, children }: { tone: 'warn' | 'bad' | 'good'; children: ComponentChildren }) {
  return (
    <div class={`banner banner-${tone}`} role="status">
      <Icon name={tone === 'good' ? 'check' : 'warning'} size={20} />
      <div>{children}</div>
    </div>
  );
}

/** How far something is; without `fraction` it only says that something goes on. */
export function ProgressBar({ label, fraction }: { label: string; fraction?: number }) {
  return (
    <div
      class={fraction === undefined ? 'progress progress-unknown' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={fraction === undefined ? undefined : Math.round(fraction * 100)}
    >
      <span style={{ width: fraction === undefined ? '30%' : `${Math.min(1, fraction) * 100}%` }} />
    </div>
  );
}
