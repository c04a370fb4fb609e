import './icon-button.css';
import type { Ref } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface IconButtonProps {
  icon: IconName;
  /** Says what it does; shown as a tip while the pointer rests on it. */
  label: string;
  onClick?: (event: MouseEvent) => void;
  /** For a switch: whether it is on. */
  isPressed?: boolean;
  isExpanded?: boolean;
  isDisabled?: boolean;
  href?: string;
  download?: string;
  /** The id of the popover that it opens. */
  popovertarget?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

/** A round button with a picture instead of words. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, onClick, isPressed, isExpanded, isDisabled, href, download } = props;
  if (href !== undefined)
    return (
      <a
        class="icon-button"
        href={href}
        download={download}
        aria-label={label}
        title={label}
        onClick={onClick}
      >
        <Icon name={icon} />
      </a>
    );
  return (
    <button
      ref={props.buttonRef}
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      aria-expanded={isExpanded}
      disabled={isDisabled}
      popovertarget={props.popovertarget}
      onClick={onClick}
    >
      <Icon name={icon} isFilled={isPressed ?? false} />
    </button>
  );
}
