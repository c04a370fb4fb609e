import type { AlbumResponse } from '#contract/albums';
import { dateWords } from '../../dates.ts';

/** `4 – 18 May 2024`, or one day; empty for an album without photos. Local times, written as if UTC. */
export function datesBetween({ startDate, endDate }: Pick<AlbumResponse, 'startDate' | 'endDate'>): string {
  if (startDate === undefined || endDate === undefined) return '';
  return dateWords().days(new Date(startDate), new Date(endDate));
}
