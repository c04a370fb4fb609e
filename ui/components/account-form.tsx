import './account-form.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { RequestProblem } from '../api.ts';
import { text } from '../text.ts';
import { BoxPicture } from './box-picture.tsx';
import { Button } from './button.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface AccountFormProps {
  title: string;
  lead?: string;
  submitWords: string;
  busyWords: string;
  /** Carries the values out; a RequestProblem is shown, anything else is a bug and passes through. */
  onSubmit: (values: Record<string, string>) => Promise<void>;
  /** The fields. */
  children: ComponentChildren;
  /** Another way on, offered below the button once the server has refused. */
  wayOut?: ComponentChildren;
}

/** The card that signing up and signing in share. */
export function AccountForm(props: AccountFormProps) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget as HTMLFormElement)) {
      if (typeof value === 'string') values[name] = value;
    }
    setProblem(undefined);
    setIsBusy(true);
    try {
      await props.onSubmit(values);
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      setProblem(error.message);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <main class="account">
      <BoxPicture />
      <form class="account-card" onSubmit={submit}>
        <p class="account-product">{text.kit.product}</p>
        <h1>{props.title}</h1>
        {props.lead ? <p class="account-lead">{props.lead}</p> : null}
        {props.children}
        <ProblemNote words={problem} />
        <Button kind="main" type="submit" isBusy={isBusy}>
          {isBusy ? props.busyWords : props.submitWords}
        </Button>
        {problem ? props.wayOut : null}
      </form>
    </main>
  );
}
