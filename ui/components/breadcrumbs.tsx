import './breadcrumbs.css';
import { Icon } from './icon.tsx';

export interface Crumb {
  words: string;
  href: string;
}

export interface BreadcrumbsProps {
  /** Says what they lead through. */
  label: string;
  /** From the top to the one above what is shown. */
  crumbs: readonly Crumb[];
}

/** The way to what is shown, each step a link. */
export function Breadcrumbs({ label, crumbs }: BreadcrumbsProps) {
  return (
    <nav class="crumbs" aria-label={label}>
      <ol>
        {crumbs.map(({ words, href }) => (
          <li key={href}>
            <a href={href}>{words}</a>
            <Icon name="right" size={14} />
          </li>
        ))}
      </ol>
    </nav>
  );
}
