import './top-bar.css';
import type { User } from '../api.ts';
import { text } from '../text.ts';
import { FilePicker } from './file-picker.tsx';
import { PlusIcon } from './icons.tsx';

export interface TopBarProps {
  user: User;
  onFiles: (files: File[]) => void;
  onSignOut: () => void;
}

/** Name of the product, adding photos, and the way out. */
export function TopBar({ user, onFiles, onSignOut }: TopBarProps) {
  return (
    <header class="top-bar">
      <a class="unseen button" href="#photos">
        {text.library.skip}
      </a>
      <span class="brand">
        <svg viewBox="0 0 64 50" width="34" height="27" aria-hidden="true">
          <path d="M9 22h46v20a4 4 0 0 1-4 4H13a4 4 0 0 1-4-4z" fill="var(--board)" />
          <path
            d="M17 14V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v9z"
            fill="var(--print)"
            stroke="var(--board-dark)"
            stroke-width="2"
          />
          <path
            d="M31 14V8a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v6z"
            fill="#f2c489"
            stroke="var(--board-dark)"
            stroke-width="2"
          />
          <path d="M5 16a3 3 0 0 1 3-3h48a3 3 0 0 1 3 3v8H5z" fill="var(--board-dark)" />
          <rect x="24" y="31" width="16" height="6" rx="3" fill="#fbe9d4" />
        </svg>
        {text.product}
      </span>
      <FilePicker class="button button-main" onFiles={onFiles}>
        <PlusIcon />
        {text.library.upload}
      </FilePicker>
      <button
        type="button"
        class="avatar"
        popovertarget="account-menu"
        aria-label={text.account.open(user.name)}
      >
        {[...user.name.trim()][0]?.toUpperCase() ?? '·'}
      </button>
      <div id="account-menu" class="account-menu" popover="auto">
        <p class="account-name">{user.name}</p>
        <p class="account-email">{user.email}</p>
        <button type="button" class="button" onClick={onSignOut}>
          {text.account.signOut}
        </button>
      </div>
    </header>
  );
}
