/**
 * Why something was refused, where one problem has several reasons: what stands for `{why}` in its words. The key
 * travels with the problem as its detail `why`, so that a page can say it in another language. `{name}` is replaced
 * by that detail of the problem.
 */
export const REASONS = {
  // A folder for an external library
  folder_not_absolute: 'write it out from the top, like /media/photos.',
  folder_none_allowed:
    'this box has not been allowed to read other folders. Whoever set it up can name them in SHOEBOX_EXTERNAL.',
  folder_not_allowed: 'this box may only read folders below {allowed} (SHOEBOX_EXTERNAL).',
  folder_of_pool: 'the box keeps its own photos there.',
  folder_taken: 'it is in the library {library} already, as {taken}.',
  folder_link: 'a link leads from there to another place. Use {real}.',
  folder_link_outside: 'a link leads out of it.',
  folder_missing: 'there is no such folder. Is its drive connected?',
  folder_unreadable: 'the box may not read it, or its drive does not answer.',

  // A value for a setting
  setting_switch: 'It is either on or off.',
  setting_number: 'It has to be a whole number from {minimum} to {maximum}.',
  setting_text: 'It has to be text.',
  setting_length: 'It has to be shorter than {maxLength} characters.',
  setting_address: 'It has to begin with https:// or http://, or be empty.',
} as const satisfies Record<string, string>;
export type ReasonCode = keyof typeof REASONS;

/** A reason and what its words are filled with. */
export interface Reason {
  why: ReasonCode;
  [detail: string]: string | number;
}
