import './notice.css';
import { BoxPicture } from './box-picture.tsx';

export interface NoticeProps {
  title: string;
  words?: string;
  action?: { words: string; run: () => void };
  /** Something is under way; the picture breathes. */
  isBusy?: boolean;
}

/** One calm message in the middle of the page: starting, nothing here yet, cannot be reached. */
export function Notice({ title, words, action, isBusy = false }: NoticeProps) {
  return (
    <div class={isBusy ? 'notice notice-busy' : 'notice'} role="status">
      <BoxPicture />
      <h1>{title}</h1>
      {words ? <p>{words}</p> : null}
      {action ? (
        <button type="button" class="button button-main" onClick={action.run}>
          {action.words}
        </button>
      ) : null}
    </div>
  );
}
