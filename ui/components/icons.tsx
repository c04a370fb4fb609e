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

export function HourglassIcon() {
  return (
    <Drawing>
      <path d="M7 4h10M7 20h10M8 4c0 5 8 6 8 16M16 4c0 5-8 6-8 16" />
    </Drawing>
  );
}
