import './rows.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

export interface SectionProps {
  title: string;
  lead?: string;
  /** Beside the heading. */
  action?: ComponentChildren;
  /** The heading is read, not seen: where it would only repeat that of the page. */
  isTitleHidden?: boolean;
  children?: ComponentChildren;
}

/** A part of a page that is read or filled in, with its heading. */
export function Section({ title, lead, action, isTitleHidden = false, children }: SectionProps) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      {isTitleHidden ? (
        <h2 id={id} class="unseen">
          {title}
        </h2>
      ) : (
        <header class="section-head">
          <div class="section-words">
            <h2 id={id}>{title}</h2>
            {lead ? <p class="section-lead">{lead}</p> : null}
          </div>
          {action}
        </header>
      )}
      {children}
    </section>
  );
}

export interface RowProps {
  icon?: IconName;
  /** Instead of an icon, such as a person's picture. */
  picture?: ComponentChildren;
  title: string;
  /** A word that tells this one from the others, such as “this device”. */
  mark?: string | undefined;
  /** In one line below the title, with dots between them; empty ones are left out. */
  facts?: readonly string[];
  /** More about it, below the facts. */
  below?: ComponentChildren;
  /** What can be done with it. */
  children?: ComponentChildren;
}

/** One of several things of a kind. Stands in a list. */
export function Row({ icon, picture, title, mark, facts = [], below, children }: RowProps) {
  const shown = facts.filter((fact) => fact !== '');
  return (
    <li class="row">
      {picture ?? (icon ? <Icon name={icon} /> : null)}
      <div class="row-words">
        <p class="row-title">
          {title} {mark ? <span class="row-mark">{mark}</span> : null}
        </p>
        {shown.length > 0 ? <p class="row-facts">{shown.join(' · ')}</p> : null}
        {below}
      </div>
      {children}
    </li>
  );
}
