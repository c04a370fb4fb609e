import './shell.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useMember } from '../app-context.ts';
import { isPartOf, SCREENS, type ScreenEntry } from '../screens.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { AccountMenu } from './account-menu.tsx';
import { Brand, Mark } from './brand.tsx';
import { Sheet } from './dialog.tsx';
import { FilePicker } from './file-picker.tsx';
import { Icon } from './icon.tsx';
import { Reminders } from './reminders.tsx';
import { Banner } from './states.tsx';

const GROUPS = ['photos', 'collections', 'box'] as const;

/** The frame around all screens of a member: navigation, search, adding photos, the account. */
export function Shell({
  current,
  children,
}: {
  current: ScreenEntry | undefined;
  children: ComponentChildren;
}) {
  const { user, live, uploads, router } = useMember();
  const isLost = useStore(live.isLost);
  const place = useStore(router.place);
  const [isMoreOpen, setIsMoreOpen] = useState(false);
  useEffect(() => setIsMoreOpen(false), [place]);
  // Where the list is longer than the screen, the reader's own place in it is seen.
  const rail = useRef<HTMLElement>(null);
  useEffect(
    () => rail.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }),
    [current],
  );

  const seen = SCREENS.filter(({ nav, who }) => nav && (who !== 'admin' || user.isAdmin));
  const inBar = seen.filter(({ nav }) => nav?.isInBar);
  const search = SCREENS.find(({ name }) => name === 'search');
  return (
    <div class="shell">
      <a class="unseen skip" href="#content">
        {text.shell.skip}
      </a>
      <nav ref={rail} class="rail" aria-label={text.shell.navigation}>
        <a class="rail-brand" href="/" aria-label={text.kit.product}>
          <Brand />
        </a>
        <NavGroups screens={seen} current={current} />
      </nav>
      <header class="top-bar">
        <a class="top-brand" href="/" aria-label={text.kit.product}>
          <Mark />
        </a>
        {search && search !== current ? (
          <a class="top-search" href={search.path}>
            <Icon name="search" size={20} />
            <span>{text.shell.searchHint}</span>
          </a>
        ) : null}
        <span class="top-space" />
        <FilePicker class="button button-main top-add" onFiles={uploads.add}>
          <Icon name="plus" />
          <span>{text.shell.addPhotos}</span>
        </FilePicker>
        <AccountMenu />
      </header>
      <main id="content" class="content" tabIndex={-1}>
        {isLost ? <Banner tone="warn">{text.kit.connectionLost}</Banner> : null}
        <Reminders />
        {children}
      </main>
      <nav class="bottom-bar" aria-label={text.shell.navigation}>
        {inBar.map((screen) => (
          <NavLink key={screen.name} screen={screen} current={current} />
        ))}
        <button type="button" class="nav-link" aria-haspopup="dialog" onClick={() => setIsMoreOpen(true)}>
          <Icon name="menu" />
          <span>{text.shell.more}</span>
        </button>
      </nav>
      {isMoreOpen ? (
        <Sheet title={text.shell.moreTitle} onClose={() => setIsMoreOpen(false)}>
          <nav class="more-nav" aria-label={text.shell.navigation}>
            <NavGroups screens={seen} current={current} />
          </nav>
        </Sheet>
      ) : null}
    </div>
  );
}

function NavGroups({
  screens,
  current,
}: {
  screens: readonly ScreenEntry[];
  current: ScreenEntry | undefined;
}) {
  return (
    <>
      {GROUPS.map((group) => {
        const members = screens.filter(({ nav }) => nav?.group === group);
        return members.length === 0 ? null : (
          <section key={group} class="nav-group">
            <h2>{text.shell.groups[group]}</h2>
            <ul>
              {members.map((screen) => (
                <li key={screen.name}>
                  <NavLink screen={screen} current={current} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function NavLink({ screen, current }: { screen: ScreenEntry; current: ScreenEntry | undefined }) {
  const isAbove = current !== undefined && isPartOf(current, screen);
  return (
    <a
      class="nav-link"
      href={screen.path}
      aria-current={screen === current ? 'page' : isAbove ? 'true' : undefined}
    >
      {screen.nav ? <Icon name={screen.nav.icon} /> : null}
      <span>{screen.title(text)}</span>
    </a>
  );
}
