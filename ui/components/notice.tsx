import './notice.css';
import type { ComponentChildren } from 'preact';
import { BoxPicture } from './box-picture.tsx';
import { Button } from './button.tsx';

export interface NoticeProps {
  title: string;
  words?: string | undefined;
  action?: { words: string; run: () => void };
  /** Anything more than one button. */
  children?: ComponentChildren;
  /** Something is under way; the picture breathes. */
  isBusy?: boolean;
  /** On a page without a heading of its own, such as while the box is being opened. */
  isWholePage?: boolean;
}

/** One calm message in the middle of the page: starting, nothing here yet, cannot be reached. */
export function Notice({ title, words, action, children, isBusy = false, isWholePage = false }: NoticeProps) {
  return (
    <div class={isBusy ? 'notice notice-busy' : 'notice'} role="status">
      <BoxPicture />
      {isWholePage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {words ? <p>{words}</p> : null}
      {action ? (
        <Button kind="main" onClick={action.run}>
          {action.words}
        </Button>
      ) : null}
      {children}
    </div>
  );
}
