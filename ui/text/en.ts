import { account } from './en/account.ts';
import { actions } from './en/actions.ts';
import { albums } from './en/albums.ts';
import { box } from './en/box.ts';
import { calendar } from './en/calendar.ts';
import { duplicates } from './en/duplicates.ts';
import { folders } from './en/folders.ts';
import { guest } from './en/guest.ts';
import { kit } from './en/kit.ts';
import { locked } from './en/locked.ts';
import { memories } from './en/memories.ts';
import { people } from './en/people.ts';
import { photos } from './en/photos.ts';
import { places } from './en/places.ts';
import { problems } from './en/problems.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { phones, setup } from './en/setup.ts';
import { sharing } from './en/sharing.ts';
import { shell } from './en/shell.ts';
import { tags } from './en/tags.ts';
import { trash } from './en/trash.ts';
import { updates } from './en/updates.ts';
import { upload } from './en/upload.ts';
import { video } from './en/video.ts';
import { viewer } from './en/viewer.ts';

/** The words of all areas in English, one file per area so that several people can write at once. */
export const en = {
  account,
  actions,
  albums,
  box,
  calendar,
  duplicates,
  folders,
  guest,
  kit,
  locked,
  phones,
  memories,
  people,
  photos,
  places,
  problems,
  search,
  settings,
  setup,
  sharing,
  shell,
  tags,
  trash,
  updates,
  upload,
  video,
  viewer,
};
