import { REASONS } from './problem-reasons.ts';

/**
 * Every failure that a caller can act on: its HTTP status and the words a person reads.
 * `{name}` in the words is replaced by that detail, `{why}` by the words of that reason. Texts that a client compares
 * are marked. A page in another language translates by code and details (ui/text/de/problems.ts).
 */
export const PROBLEMS = {
  // Who is asking
  not_signed_in: { status: 401, message: 'Authentication required' },
  session_unknown: { status: 401, message: 'Invalid user token' },
  api_key_unknown: { status: 401, message: 'Invalid API key' },
  share_key_unknown: { status: 401, message: 'Invalid share key' },
  share_slug_unknown: { status: 401, message: 'Invalid share slug' },
  share_password_required: { status: 401, message: 'Password required' },
  share_password_wrong: { status: 401, message: 'Invalid password' },
  share_upload_refused: { status: 401, message: 'This link does not accept photos.' },
  wrong_credentials: { status: 401, message: 'Incorrect email or password' },
  too_many_attempts: {
    status: 401,
    message: 'Too many attempts at once. Wait a minute, then try again.',
  },
  elevation_required: { status: 401, message: 'Elevated permission is required' },
  forbidden: { status: 403, message: 'Forbidden' },
  scope_missing: { status: 403, message: 'Missing required permission: {scope}' },
  session_required: {
    status: 403,
    message: 'Sign in with your password to do this; an API key is not enough.',
  },
  request_from_elsewhere: {
    status: 403,
    message: 'This request came from another website and was not carried out.',
  },

  sign_up_not_local: {
    status: 403,
    message: 'The first account can only be made from the network that the box is in.',
  },
  setup_not_local: {
    status: 403,
    message: 'This box can only be set up from the network that it is in.',
  },
  setup_step_unavailable: { status: 400, message: 'This step cannot be taken yet. {reason}' },
  setup_without_account: { status: 400, message: 'Make the first account, then go on here.' },
  log_unreadable: {
    status: 503,
    message: 'The log of this box cannot be read at the moment. Please try again in a moment.',
  },
  updates_elsewhere: {
    status: 400,
    message: 'Only a box that was flashed as an image updates itself. Update this one as it was installed.',
  },
  updates_silent: {
    status: 503,
    message: 'The part of the box that does updates does not answer. Please try again in a minute.',
  },
  updates_busy: {
    status: 409,
    message: 'The box is at work on an update already. Wait until that is done.',
  },
  update_not_a_file: { status: 400, message: 'An update is sent as a file (application/octet-stream).' },
  update_offset: { status: 409, message: 'This upload has to go on at byte {offset}.' },
  update_no_room: {
    status: 507,
    message: 'There is no room on the drives for this update. Free some space, then try again.',
  },
  update_none: { status: 400, message: 'There is no newer version at the address for updates.' },
  update_not_installed: { status: 400, message: 'No update waits for a restart.' },
  update_address: { status: 400, message: 'The address for updates has to begin with https://. {fault}' },
  setting_unknown: { status: 404, message: 'This box has no such setting as {key}.' },
  setting_value: { status: 400, message: 'This setting cannot have this value. {why}' },
  time_zone_unknown: {
    status: 400,
    message: 'There is no time zone {timeZone}. Choose one from the list, such as Europe/Berlin.',
  },

  // What is asked
  validation: { status: 400, message: 'Validation failed' },
  body_unreadable: { status: 400, message: 'The request could not be read: {reason}' },
  not_found_or_no_access: { status: 400, message: 'Not found or no {scope} access' },
  route_unknown: { status: 404, message: 'Cannot {method} {path}' },
  file_missing: { status: 404, message: 'Not found' },
  body_too_large: { status: 413, message: 'The request is too large.' },
  range_unsatisfiable: { status: 416, message: 'The requested part lies outside the file.' },

  // Accounts
  admin_exists: { status: 400, message: 'The server already has an administrator.' },
  email_taken: { status: 400, message: 'Another account uses this e-mail address.' },
  oauth_off: {
    status: 400,
    message: 'This box does not sign in through other providers. Use your e-mail address and password.',
  },
  wrong_password: { status: 400, message: 'Wrong password' },
  password_too_short: { status: 400, message: 'A password needs at least 8 characters.' },
  last_admin: { status: 400, message: 'The only administrator cannot be removed or lose this role.' },
  storage_label_taken: { status: 400, message: 'Another account uses this storage label.' },
  child_session_by_key: {
    status: 400,
    message: 'An API key cannot make sessions. Sign in with your password to do this.',
  },
  pin_exists: { status: 400, message: 'A PIN code is already set.' },
  pin_missing: { status: 400, message: 'Set a PIN code first.' },
  pin_wrong: { status: 400, message: 'Wrong PIN code' },
  key_scope_exceeded: {
    status: 400,
    message: 'A key cannot grant permissions that it does not have itself.',
  },

  // Sharing
  slug_taken: { status: 400, message: 'Another link uses this address. Choose another one.' },
  link_content: {
    status: 400,
    message: 'A link shows either an album or photos that are yours and not locked.',
  },
  search_cursor: {
    status: 400,
    message: 'This cursor is none of this search. Start again without one.',
  },
  guest_search: { status: 400, message: 'Guests of a link search in its album, and not by {filter}.' },
  partner_self: { status: 400, message: 'You cannot be your own partner.' },
  partner_exists: { status: 400, message: 'You share with this person already.' },
  activity_disabled: { status: 400, message: 'Comments and likes are switched off in this album.' },
  comment_missing: { status: 400, message: 'A comment needs words, and a like has none.' },

  // Uploads
  upload_type: { status: 400, message: 'Unsupported file type {name}' },
  upload_empty: { status: 400, message: 'The file {name} is empty.' },
  upload_no_file: { status: 400, message: 'The upload contained no file (part assetData).' },
  upload_not_multipart: { status: 400, message: 'An upload must be multipart/form-data.' },
  upload_broken: {
    status: 400,
    message: 'The upload ended before the file was complete. Please send it again.',
  },
  upload_field: { status: 400, message: 'The field {field} of the upload is not valid.' },
  checksum_malformed: {
    status: 400,
    message: 'x-immich-checksum must be a SHA-1 as 40 hex digits or as base64.',
  },
  checksum_mismatch: {
    status: 400,
    message: 'The file changed on its way here (its checksum does not match). Please send it again.',
  },
  /** Compared letter by letter by the phone app, which then stops the whole backup. */
  quota_exceeded: { status: 400, message: 'Quota has been exceeded!' },
  live_video_invalid: { status: 400, message: 'The video of this live photo was not found.' },
  pool_full: {
    status: 507,
    message: 'The drives are full. Nothing was changed. Free some space or add a drive, then try again.',
  },
  pool_read_only: {
    status: 503,
    message: 'The drives can only be read at the moment. Nothing was changed. Look at the drives page.',
  },
  pool_error: {
    status: 503,
    message: 'A drive reported an error and the request was not carried out. Look at the drives page.',
  },
  catalog_unreadable: {
    status: 503,
    message:
      'The box cannot read its list of photos at the moment. The photos themselves are not affected. Look at the drives page; if they are well, start the box again.',
  },
  catalog_busy: { status: 503, message: 'The box is busy. Please try again in a moment.' },

  // Library
  original_missing: {
    status: 404,
    message:
      'The file of {name} is not on the drives. Look at the drives page; other copies may be elsewhere.',
  },
  original_offline: {
    status: 503,
    message:
      '{name} lies in a folder outside this box that is not there at the moment. Connect its drive, then try again.',
  },
  library_folder: { status: 400, message: 'The folder {path} cannot be used: {why}' },
  library_pattern: { status: 400, message: 'A pattern of what is left out needs something to compare with.' },
  job_unknown: { status: 400, message: 'This box has no such work as {name}.' },
  portrait_unreadable: { status: 400, message: 'This picture cannot be used. {reason}' },
  portrait_late: { status: 503, message: 'The box is busy. Please try again in a moment.' },
  edit_kind: {
    status: 400,
    message: 'Only photos can be edited: no videos, live photos, panoramas, GIF or SVG.',
  },
  edit_not_ready: { status: 400, message: 'This photo is still being read. Please try again in a moment.' },
  edit_crop: {
    status: 400,
    message: 'A crop must come first, only once, and lie inside the picture.',
  },
  archive_too_large: { status: 400, message: 'Too many photos for one download. Choose fewer.' },
  stack_too_small: { status: 400, message: 'A stack needs at least two photos.' },
  tag_name: { status: 400, message: 'A tag needs a name, and a name has no slash in it.' },
  tag_exists: { status: 400, message: 'There is already a tag of this name.' },
  memory_exists: { status: 400, message: 'There is already a memory of this day.' },
  face_outside: { status: 400, message: 'The box lies outside the picture.' },
  people_same: { status: 400, message: 'A person cannot be merged with themselves.' },
  search_unavailable: { status: 400, message: 'Smart search is not available on this box.' },
  timeline_query: { status: 400, message: '{reason}' },
  internal: {
    status: 500,
    message: 'Something went wrong on the box. It was written to its log as {requestId}.',
  },
} as const satisfies Record<string, { status: number; message: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
export type ProblemDetails = Record<string, string | number | boolean | null>;

/** A request that failed and why. Anything else that is thrown is a bug. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(
      fill(PROBLEMS[code].message, { ...details, why: fill(reasonWords(details['why']), details) }),
      cause === undefined ? undefined : { cause },
    );
    this.name = 'Problem';
    this.code = code;
    this.status = PROBLEMS[code].status;
    this.details = details;
  }
}

const fill = (words: string, details: ProblemDetails): string =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));

const reasonWords = (why: unknown): string =>
  Object.hasOwn(REASONS, String(why)) ? REASONS[why as keyof typeof REASONS] : '';
