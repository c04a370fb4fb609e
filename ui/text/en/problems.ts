import type { AssetProblemCode } from '#contract/asset-problems';
import type { ReasonCode } from '#contract/problem-reasons';
import type { ProblemCode } from '#contract/problems';

/** Words by code; `{name}` is replaced by that detail, `{why}` by the words of that reason. */
export type WordsByCode<Code extends string> = Partial<Record<Code, string>> & Record<string, string>;

/** What went wrong. The box itself speaks English: here is only what it says for programs, in words for people. */
export const problems = {
  words: {
    not_signed_in: 'You are not signed in. Please sign in, then try again.',
    session_unknown: 'You are no longer signed in. Please sign in again.',
    share_key_unknown: 'This link opens nothing any more. Ask whoever sent it to you.',
    share_slug_unknown: 'This link opens nothing any more. Ask whoever sent it to you.',
    share_password_required: 'This link asks for a password.',
    share_password_wrong: 'That is not the password of this link.',
    elevation_required: 'The locked folder is closed. Open it with its PIN first.',
    forbidden: 'Your account may not do this. Ask whoever looks after the box.',
    scope_missing: 'Your account may not do this. Ask whoever looks after the box.',
    validation: 'The box does not accept this: {fields}.',
    body_unreadable: 'The box did not understand this request. Load the page again, then try once more.',
    not_found_or_no_access: 'It is not there any more, or it was never shared with you.',
    route_unknown: 'This box cannot do that. Load the page again: it may be older than the box.',
    file_missing: 'It is not there any more.',
    pin_wrong: 'This is not the PIN.',
    upload_type: '{name} is neither a photo nor a video that the box knows.',
    upload_no_file: 'No file arrived. Please choose it again.',
    upload_not_multipart: 'No file arrived. Please choose it again.',
    upload_field: 'The box did not understand what came with the file ({field}).',
    checksum_malformed: 'The file could not be compared with what you sent. Please send it again.',
    quota_exceeded:
      'Your room on this box is used up. Delete something, or ask whoever looks after the box for more.',
    guest_search: 'Guests of a link can only look through its album.',
    timeline_query:
      'The box did not understand which photos you mean. Load the page again, then try once more.',
  } as WordsByCode<ProblemCode>,
  /** `validation` when the box does not say which fields. */
  form: 'The box does not accept this. Please check what you entered.',
  reasons: {} as WordsByCode<ReasonCode>,
  /** Of a photo: what its file or its drive has. */
  assets: {} as WordsByCode<AssetProblemCode>,
  /** What the parts of a form are called; the others are told by the name that the box gives them. */
  fields: {
    email: 'e-mail address',
    password: 'password',
    newPassword: 'new password',
    name: 'name',
    pinCode: 'PIN',
    quotaSizeInBytes: 'room',
    slug: 'address of the link',
    description: 'description',
    birthDate: 'birth date',
    color: 'colour',
    importPaths: 'folder',
    dateTimeOriginal: 'date',
    latitude: 'place',
    longitude: 'place',
    timeZone: 'time zone',
    expiresAt: 'last day',
  } as Record<string, string>,
};
