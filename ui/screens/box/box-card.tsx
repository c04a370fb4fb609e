import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconName } from '../../components/icon.tsx';

export interface BoxCardProps {
  icon: IconName;
  title: string;
  lead?: string;
  /** Beside the heading. */
  action?: ComponentChildren;
  isWide?: boolean;
  children: ComponentChildren;
}

/** One part of the page about the box. */
export function BoxCard({ icon, title, lead, action, isWide = false, children }: BoxCardProps) {
  const id = useId();
  return (
    <section class={isWide ? 'box-card box-card-wide' : 'box-card'} aria-labelledby={id}>
      <header class="box-card-head">
        <Icon name={icon} />
        <h2 id={id}>{title}</h2>
        {action}
      </header>
      {lead ? <p class="box-soft">{lead}</p> : null}
      {children}
    </section>
  );
}
