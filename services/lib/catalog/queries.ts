import { accessQueries } from './access.ts';
import { activityQueries } from './activities.ts';
import { albumQueries } from './albums.ts';
import { apiKeyQueries } from './api-keys.ts';
import { assetQueries } from './assets.ts';
import { boxQueries } from './box.ts';
import { calendarQueries } from './calendar.ts';
import { duplicateQueries } from './duplicates.ts';
import { editQueries } from './edits.ts';
import { faceQueries } from './faces.ts';
import { folderQueries } from './folders.ts';
import { jobQueries } from './jobs.ts';
import { libraryQueries } from './libraries.ts';
import { markerQueries } from './markers.ts';
import { memoryQueries } from './memories.ts';
import { notificationQueries } from './notifications.ts';
import type { Catalog } from './open.ts';
import { partnerQueries } from './partners.ts';
import { peopleQueries } from './people.ts';
import { queueQueries } from './queues.ts';
import { renditionQueries } from './renditions.ts';
import { searchQueries } from './search.ts';
import { sessionQueries } from './sessions.ts';
import { settingQueries } from './settings.ts';
import { sharedLinkQueries } from './shared-links.ts';
import { stackQueries } from './stacks.ts';
import { syncQueries } from './sync.ts';
import { tagQueries } from './tags.ts';
import { timelineQueries } from './timeline.ts';
import { trashQueries } from './trash.ts';
import { uploadQueries } from './uploads.ts';
import { userQueries } from './users.ts';

/** Every question the gateway asks the catalog, by noun; prepared once. */
export function buildQueries(db: Catalog) {
  return {
    users: userQueries(db),
    sessions: sessionQueries(db),
    jobs: jobQueries(db),
    uploads: uploadQueries(db),
    apiKeys: apiKeyQueries(db),
    settings: settingQueries(db),
    access: accessQueries(db),
    assets: assetQueries(db),
    albums: albumQueries(db),
    timeline: timelineQueries(db),
    markers: markerQueries(db),
    search: searchQueries(db),
    stacks: stackQueries(db),
    sync: syncQueries(db),
    trash: trashQueries(db),
    queues: queueQueries(db),
    folders: folderQueries(db),
    tags: tagQueries(db),
    people: peopleQueries(db),
    faces: faceQueries(db),
    memories: memoryQueries(db),
    duplicates: duplicateQueries(db),
    edits: editQueries(db),
    renditions: renditionQueries(db),
    notifications: notificationQueries(db),
    box: boxQueries(db),
    calendar: calendarQueries(db),
    sharedLinks: sharedLinkQueries(db),
    partners: partnerQueries(db),
    activities: activityQueries(db),
    libraries: libraryQueries(db),
  };
}

export type Queries = ReturnType<typeof buildQueries>;
