import type { AlbumResponse } from '#contract/albums';
import { dateWords } from '../../dates.ts';

/** `4 May 2024 – 18 May 2024`, or one day; empty for an album without photos. Local times, written as if UTC. */
export function datesBetween({ startDate, endDate }: Pick<AlbumResponse, 'startDate' | 'endDate'>): string {
  if (startDate === undefined || endDate === undefined) return '';
  const words = dateWords();
  const [from, to] = [words.day(new Date(startDate)), words.day(new Date(endDate))];
  return from === to ? from : `${from} – ${to}`;
}
