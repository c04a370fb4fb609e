import './scrubber.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dateWords } from '../dates.ts';
import type { PlacedGroup } from '../grid-places.ts';
import { type ScrubberYear, yearsOf } from '../scrubber-years.ts';
import { text } from '../text.ts';

export interface ScrubberProps {
  placed: readonly PlacedGroup[];
  totalPx: number;
  screenTop: () => number;
  scrollTo: (topPx: number) => void;
  /** While it is held, months that only pass by need not be fetched. */
  onHold: (isHeld: boolean) => void;
}

/** The bar of the shell, below which a month begins to be seen. */
const TOP_BAR_PX = 64;

/** How long a phone shows it after the last scrolling. */
const SHOWN_MS = 1500;

/** The years at the edge of the timeline: dragging or arrow keys lead to a date. */
export function Scrubber({ placed, totalPx, screenTop, scrollTo, onHold }: ScrubberProps) {
  const track = useRef<HTMLDivElement>(null);
  const [topPx, setTopPx] = useState(0);
  const [isHeld, setIsHeld] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const years = useMemo(() => yearsOf(placed, totalPx), [placed, totalPx]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;
    const follow = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setTopPx(screenTop());
      });
      setIsShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsShown(false), SHOWN_MS);
    };
    setTopPx(screenTop());
    window.addEventListener('scroll', follow, { passive: true });
    return () => {
      window.removeEventListener('scroll', follow);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [screenTop]);

  const at = findAt(placed, topPx);
  const index = at ? placed.indexOf(at) : 0;
  const words = at ? dateWords().month(at.group.key) : '';
  const share = totalPx > 0 ? Math.min(1, Math.max(0, topPx / totalPx)) : 0;

  const follow = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box) return;
    const wanted = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    scrollTo(Math.min(wanted * totalPx, totalPx - window.innerHeight / 2));
  };
  const goTo = (to: number) => {
    const target = placed[Math.min(placed.length - 1, Math.max(0, to))];
    if (target) scrollTo(target.topPx - TOP_BAR_PX);
  };

  return (
    <div
      ref={track}
      class={`scrubber${isHeld ? ' scrubber-held' : ''}${isShown ? ' scrubber-shown' : ''}`}
      role="slider"
      tabIndex={0}
      aria-label={text.photos.scrubber}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, placed.length - 1)}
      aria-valuenow={index}
      aria-valuetext={words}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsHeld(true);
        onHold(true);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (isHeld) follow(event);
      }}
      onLostPointerCapture={() => {
        setIsHeld(false);
        onHold(false);
      }}
      onKeyDown={(event) => {
        const to = {
          ArrowDown: index + 1,
          ArrowUp: index - 1,
          PageDown: index + 12,
          PageUp: index - 12,
          Home: 0,
          End: placed.length - 1,
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        goTo(to);
      }}
    >
      {years.map((year) => (
        <YearMark key={year.year} year={year} />
      ))}
      <div class="scrubber-thumb" style={{ top: `${share * 100}%` }}>
        <span>{words}</span>
      </div>
    </div>
  );
}

function YearMark({ year }: { year: ScrubberYear }) {
  return (
    <span class="scrubber-year" style={{ top: `${year.share * 100}%` }} aria-hidden="true">
      {year.isNamed ? year.year : '·'}
    </span>
  );
}

function findAt(placed: readonly PlacedGroup[], topPx: number): PlacedGroup | undefined {
  // A little below the edge, where the name of the month is.
  return placed.find((at) => at.topPx + at.heightPx > topPx + TOP_BAR_PX + 16) ?? placed.at(-1);
}
