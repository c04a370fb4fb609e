import './brand.css';
import { text } from '../text.ts';

/** The mark: a shoebox with two prints standing in it. The same drawing as icon.svg. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg viewBox="0 0 64 64" width={size} height={size} aria-hidden="true">
      <rect x="14" y="11" width="22" height="26" rx="2.5" class="mark-print" transform="rotate(-8 25 24)" />
      <rect x="29" y="9" width="22" height="28" rx="2.5" class="mark-photo" transform="rotate(7 40 23)" />
      <path d="M9 34h46v19a5 5 0 0 1-5 5H14a5 5 0 0 1-5-5z" class="mark-box" />
      <path d="M5 31a4 4 0 0 1 4-4h46a4 4 0 0 1 4 4v6.5H5z" class="mark-lid" />
      <rect x="24" y="43.5" width="16" height="6" rx="3" class="mark-handle" />
    </svg>
  );
}

/** The mark and the name. */
export function Brand() {
  return (
    <span class="brand">
      <Mark />
      <span class="brand-name">{text.kit.product}</span>
    </span>
  );
}
