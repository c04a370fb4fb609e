import { account } from './de/account.ts';
import { actions } from './de/actions.ts';
import { albums } from './de/albums.ts';
import { box } from './de/box.ts';
import { calendar } from './de/calendar.ts';
import { duplicates } from './de/duplicates.ts';
import { folders } from './de/folders.ts';
import { guest } from './de/guest.ts';
import { kit } from './de/kit.ts';
import { locked } from './de/locked.ts';
import { memories } from './de/memories.ts';
import { people } from './de/people.ts';
import { photos } from './de/photos.ts';
import { places } from './de/places.ts';
import { problems } from './de/problems.ts';
import { search } from './de/search.ts';
import { settings } from './de/settings.ts';
import { phones, setup } from './de/setup.ts';
import { sharing } from './de/sharing.ts';
import { shell } from './de/shell.ts';
import { tags } from './de/tags.ts';
import { trash } from './de/trash.ts';
import { updates } from './de/updates.ts';
import { upload } from './de/upload.ts';
import { video } from './de/video.ts';
import { viewer } from './de/viewer.ts';
import type { en } from './en.ts';

/** The same in German; what English has and this lacks does not compile. */
export const de: typeof en = {
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
