import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';

export interface FactProps {
  icon: IconName;
  title: string;
  action?: { words: string; run: () => void } | undefined;
  children: ComponentChildren;
}

/** One thing known of a photo, with its picture at the left. */
export function Fact({ icon, title, action, children }: FactProps) {
  return (
    <section class="fact">
      <Icon name={icon} />
      <div>
        <h3>{title}</h3>
        {children}
      </div>
      {action ? <IconButton icon="edit" label={action.words} onClick={action.run} /> : null}
    </section>
  );
}
