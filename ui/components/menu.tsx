import './menu.css';
import { useId, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

export interface MenuItem {
  words: string;
  icon?: IconName;
  /** Does it; the menu closes. */
  run?: () => void;
  /** A link instead. */
  href?: string;
  download?: string;
  isDangerous?: boolean;
  /** For a choice of one: whether this one is chosen. */
  isChosen?: boolean;
}

export interface MenuProps {
  /** Says what the button opens. */
  label: string;
  icon?: IconName;
  items: readonly MenuItem[];
}

/** A round button with a list of things to do. Arrow keys move, Escape closes; a click elsewhere too. */
export function Menu({ label, icon = 'more', items }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => list.current?.hidePopover();

  return (
    <>
      <IconButton icon={icon} label={label} popovertarget={id} buttonRef={button} />
      <div
        ref={list}
        id={id}
        class="menu"
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onBeforeToggle={(event) => {
          if (event.newState === 'open' && list.current && button.current)
            place(list.current, button.current);
        }}
        onToggle={(event) => {
          if (event.newState === 'open')
            list.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
        }}
        onKeyDown={moveInMenu}
      >
        {items.map((item) => {
          const className = `menu-item${item.isDangerous ? ' menu-danger' : ''}`;
          const content = (
            <>
              {item.icon ? <Icon name={item.icon} size={20} /> : null}
              <span>{item.words}</span>
              {item.isChosen ? <Icon name="check" size={18} /> : null}
            </>
          );
          return item.href !== undefined ? (
            <a
              key={item.words}
              class={className}
              role="menuitem"
              tabIndex={-1}
              href={item.href}
              download={item.download}
              onClick={close}
            >
              {content}
            </a>
          ) : (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: only a menuitemradio gets it.
            <button
              key={item.words}
              type="button"
              class={className}
              role={item.isChosen === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.isChosen}
              tabIndex={-1}
              onClick={() => {
                close();
                item.run?.();
              }}
            >
              {content}
            </button>
          );
        })}
      </div>
    </>
  );
}

/** Below the button and inside the screen; above it where there is no room below. */
function place(list: HTMLElement, button: HTMLElement): void {
  const box = button.getBoundingClientRect();
  const isLow = box.bottom > window.innerHeight * 0.6;
  const isRight = box.left > window.innerWidth / 2;
  list.style.inset = [
    isLow ? 'auto' : `${box.bottom + 4}px`,
    isRight ? `${Math.max(8, document.documentElement.clientWidth - box.right)}px` : 'auto',
    isLow ? `${window.innerHeight - box.top + 4}px` : 'auto',
    isRight ? 'auto' : `${Math.max(8, box.left)}px`,
  ].join(' ');
}

function moveInMenu(event: KeyboardEvent): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) {
    event.stopPropagation();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  items[to % items.length]?.focus();
}
