import './page.css';
import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { FrameContext, useApp } from '../app-context.ts';
import { nameWindow } from '../app-name.ts';
import { text } from '../text.ts';
import { IconButton } from './icon-button.tsx';

/** What the screen's entry says of its frame need not be said again. */
export interface PageProps {
  /** The heading, and the title of the browser's window. */
  title: string;
  /** What is drawn as the heading, such as a title that can be changed in place. Default: the title. */
  heading?: ComponentChildren;
  /** A sentence below the heading. */
  lead?: ComponentChildren;
  /** Buttons beside the heading. */
  actions?: ComponentChildren;
  /** Where the way back leads when the reader came straight here; absent on screens of the navigation. */
  back?: string;
  /** The heading is read, not seen: for screens that are nothing but photos. */
  isTitleHidden?: boolean;
  /** A column for reading and for forms; photos take the whole width. */
  isNarrow?: boolean;
  children: ComponentChildren;
}

/** The frame of a screen inside the shell. Its heading gets the focus when the reader comes from another screen. */
export function Page(props: PageProps) {
  const frame = useContext(FrameContext);
  const {
    title,
    heading: drawn = title,
    lead = frame.lead,
    actions,
    back = frame.back,
    isTitleHidden = frame.isTitleHidden ?? false,
    isNarrow = frame.isNarrow ?? false,
    children,
  } = props;
  const { router } = useApp();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    nameWindow(title);
  }, [title]);
  useEffect(() => {
    const { by, assetId } = router.place.get();
    if (by !== 'load' && assetId === undefined) heading.current?.focus({ preventScroll: true });
  }, [router]);
  const h1 = (
    <h1 ref={heading} tabIndex={-1} class={isTitleHidden ? 'unseen' : undefined}>
      {drawn}
    </h1>
  );
  return (
    <div class={isNarrow ? 'page page-narrow' : 'page'}>
      {isTitleHidden && !actions ? (
        h1
      ) : (
        <header class="page-head">
          {back === undefined ? null : (
            <IconButton icon="back" label={text.kit.back} onClick={() => router.back(back)} />
          )}
          <div class="page-words">
            {h1}
            {lead ? <p class="page-lead">{lead}</p> : null}
          </div>
          {actions ? <div class="page-actions">{actions}</div> : null}
        </header>
      )}
      {children}
    </div>
  );
}
