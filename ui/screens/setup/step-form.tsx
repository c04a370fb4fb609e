import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { text } from '../../text.ts';

export interface StepFormProps {
  title: string;
  lead: string;
  submitWords?: string;
  busyWords?: string;
  /** Carries the values out; a RequestProblem is shown, anything else is a bug and passes through. */
  onSubmit: (values: Record<string, string>) => Promise<unknown>;
  onProblem?: (problem: RequestProblem) => void;
  /** Passes over the step; absent where that makes no sense. */
  onSkip?: () => Promise<unknown>;
  children?: ComponentChildren;
}

/** One step: what it is about, its fields, and the way on. */
export function StepForm(props: StepFormProps) {
  const { title, lead, submitWords = text.setup.next, onSubmit, onSkip } = props;
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function run(action: () => Promise<unknown>): Promise<void> {
    if (isBusy) return;
    setProblem(undefined);
    setIsBusy(true);
    try {
      await action();
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      setProblem(error.message);
      props.onProblem?.(error);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form
      class="setup-form"
      onSubmit={(event) => {
        event.preventDefault();
        const values: Record<string, string> = {};
        for (const [name, value] of new FormData(event.currentTarget as HTMLFormElement))
          if (typeof value === 'string') values[name] = value;
        void run(() => onSubmit(values));
      }}
    >
      <header>
        <h1 tabIndex={-1}>{title}</h1>
        <p class="setup-lead">{lead}</p>
      </header>
      {props.children}
      <ProblemNote words={problem} />
      <footer class="setup-actions">
        {onSkip ? (
          <Button kind="quiet" isDisabled={isBusy} onClick={() => void run(onSkip)}>
            {text.setup.later}
          </Button>
        ) : null}
        <Button kind="main" type="submit" isBusy={isBusy}>
          {isBusy ? (props.busyWords ?? text.setup.saving) : submitWords}
        </Button>
      </footer>
    </form>
  );
}
