import type { VideoQualities } from '#contract/appliance-video';

export type Quality = 'original' | 'small';

const KEY = 'videoQuality';

/** What was chosen last in this browser; kept there, because the same person is on weak Wi-Fi only in the garden. */
export function readWish(): Quality {
  return localStorage.getItem(KEY) === 'small' ? 'small' : 'original';
}

export function keepWish(wish: Quality): void {
  if (wish === 'small') localStorage.setItem(KEY, wish);
  else localStorage.removeItem(KEY);
}

/** What is known when a quality is chosen. */
export interface QualityChoice {
  wish: Quality;
  qualities: Pick<VideoQualities, 'small' | 'originalPlays'>;
  /** Whether this browser says that it plays HEVC, which phones film in. */
  playsHevc: boolean;
  /** The original was tried, and the browser could not play it. */
  hasFailed: boolean;
}

/** What plays: the wish, as far as there is such a version and the browser can play it. */
export function chooseQuality({ wish, qualities, playsHevc, hasFailed }: QualityChoice): Quality {
  if (qualities.small !== 'ready') return 'original';
  const { originalPlays } = qualities;
  const isPlayable = originalPlays !== 'nowhere' && (originalPlays !== 'phones' || playsHevc);
  return wish === 'small' || hasFailed || !isPlayable ? 'small' : 'original';
}

/** Whether there is a choice to offer: not for a video that is small already, or of which nothing is known. */
export const hasChoice = ({ small, problem }: Pick<VideoQualities, 'small' | 'problem'>): boolean =>
  small === 'ready' || small === 'making' || problem !== null;
