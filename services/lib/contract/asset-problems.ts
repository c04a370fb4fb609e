/** What can be wrong with a file, as far as the file itself tells. `{name}` is replaced by that detail. */
export const MEDIA_PROBLEMS = {
  empty: 'This file is empty.',
  damaged: 'This file is damaged and cannot be opened.',
  damaged_part: 'This photo is damaged: only its first part could be read.',
  too_large: 'This picture is too large to open ({widthPx} × {heightPx} pixels).',
  too_costly: 'Opening this file takes more time or memory than the box can give it.',
  not_a_picture: 'This is not a picture: its content is of no known kind.',
  no_picture: 'This file contains no picture.',
} as const;
export type MediaProblemCode = keyof typeof MEDIA_PROBLEMS;

/** What the drive has done to an original. */
export const ORIGINAL_PROBLEMS = {
  original_missing:
    'The file of this photo is no longer on the drive. Upload it again from your phone if you still have it.',
  original_unreadable: 'The drive could not read this photo. Look at the drives page.',
  original_damaged:
    'This photo is no longer what was uploaded: the drive has damaged it. Upload it again from your phone if you still have it.',
} as const;
export type OriginalProblemCode = keyof typeof ORIGINAL_PROBLEMS;

/** The code of everything that a photo's page can have to say. `metadata_unreadable` brings words of its reader. */
export type AssetProblemCode = MediaProblemCode | OriginalProblemCode | 'metadata_unreadable';
