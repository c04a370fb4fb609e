import './button.css';
import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps {
  children: ComponentChildren;
  /** `main` is what most people want here, once per view; `danger` cannot be taken back. Default: plain. */
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  type?: 'button' | 'submit';
  onClick?: (event: MouseEvent) => void;
  /** Something is under way: it keeps its focus, does nothing, and says so. */
  isBusy?: boolean;
  isDisabled?: boolean;
  /** A link that looks like a button. */
  href?: string;
  /** For a link: the file's name on the reader's disk. */
  download?: string;
  autofocus?: boolean;
  buttonRef?: Ref<HTMLButtonElement>;
}

/** A button with words. */
export function Button(props: ButtonProps) {
  const { children, kind = 'plain', icon, type = 'button', onClick, isBusy, isDisabled, href } = props;
  const className = `button button-${kind}`;
  const content = (
    <>
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </>
  );
  if (href !== undefined)
    return (
      <a class={className} href={href} download={props.download} onClick={onClick}>
        {content}
      </a>
    );
  return (
    <button
      ref={props.buttonRef}
      type={type}
      class={className}
      disabled={isDisabled}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      autofocus={props.autofocus}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {content}
    </button>
  );
}
