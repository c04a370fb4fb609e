import type { ComponentChildren } from 'preact';

/** A line drawing on a 24 by 24 grid in the colour of the text. Decoration: the control carries the words. */
function Drawing({ children }: { children: ComponentChildren }) {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.9"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function PlusIcon() {
  return (
    <Drawing>
      <path d="M12 5v14M5 12h14" />
    </Drawing>
  );
}

export function CloseIcon() {
  return (
    <Drawing>
      <path d="M6 6l12 12M18 6L6 18" />
    </Drawing>
  );
}

export function BackIcon() {
  return (
    <Drawing>
      <path d="M19 12H5M11 6l-6 6 6 6" />
    </Drawing>
  );
}

export function ChevronIcon({ to }: { to: 'left' | 'right' | 'up' | 'down' }) {
  const paths = { left: 'M15 5l-7 7 7 7', right: 'M9 5l7 7-7 7', up: 'M5 15l7-7 7 7', down: 'M5 9l7 7 7-7' };
  return (
    <Drawing>
      <path d={paths[to]} />
    </Drawing>
  );
}

export function DownloadIcon() {
  return (
    <Drawing>
      <path d="M12 4v11M7 11l5 5 5-5M5 20h14" />
    </Drawing>
  );
}

export function PlayIcon() {
  return (
    <Drawing>
      <path d="M8 5.5v13l11-6.5z" fill="currentColor" />
    </Drawing>
  );
}

export function PictureIcon() {
  return (
    <Drawing>
      <path d="M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM4.5 17l5-5.5 4 4.5 2.5-2.5 3.5 3.5M15.5 9.5h.01" />
    </Drawing>
  );
}
