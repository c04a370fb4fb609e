import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { RequestProblem } from '../api.ts';
import { Button } from './button.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface SectionFormProps {
  submitWords: string;
  /** Carries the values out. A RequestProblem is shown above the button, anything else passes through. */
  onSubmit: () => Promise<unknown>;
  /** The fields. */
  children: ComponentChildren;
  /** Beside the button. */
  more?: ComponentChildren;
}

/** A form that is one part of a page or of a dialog: its fields, what is wrong with them, and its button. */
export function SectionForm({ submitWords, onSubmit, children, more }: SectionFormProps) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  return (
    <form
      class="section-form"
      onSubmit={async (event) => {
        event.preventDefault();
        if (isBusy) return;
        setProblem(undefined);
        setIsBusy(true);
        try {
          await onSubmit();
        } catch (error) {
          if (!(error instanceof RequestProblem)) throw error;
          setProblem(error.message);
        } finally {
          setIsBusy(false);
        }
      }}
    >
      {children}
      <ProblemNote words={problem} />
      <div class="section-actions">
        <Button kind="main" type="submit" isBusy={isBusy}>
          {submitWords}
        </Button>
        {more}
      </div>
    </form>
  );
}
