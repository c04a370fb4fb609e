import { activityChanges } from './activities.ts';
import { albumChanges } from './album-changes.ts';
import { apiKeyChanges } from './api-keys.ts';
import { assetEditChanges } from './asset-edits.ts';
import { editChanges } from './edits.ts';
import { faceChanges } from './faces.ts';
import { jobChanges } from './jobs.ts';
import { libraryChanges } from './libraries.ts';
import { memoryChanges } from './memory-changes.ts';
import { memoryDays } from './memory-days.ts';
import { notificationChanges } from './notifications.ts';
import type { Catalog } from './open.ts';
import { partnerChanges } from './partners.ts';
import { peopleChanges } from './people-changes.ts';
import { queueChanges } from './queues.ts';
import { sessionChanges } from './sessions.ts';
import { settingChanges } from './settings.ts';
import { sharedLinkChanges } from './shared-links.ts';
import { stackChanges } from './stacks.ts';
import { syncChanges } from './sync.ts';
import { tagChanges } from './tags.ts';
import { trashChanges } from './trash.ts';
import { uploadChanges } from './uploads.ts';
import { userChanges } from './users.ts';

/**
 * Every change of the catalog, by noun. Each function runs inside a transaction that its caller opened:
 * the gateway's writer thread (see writer.ts) or ingest. Arguments and results must survive a structured clone.
 */
export function buildChanges(db: Catalog) {
  return {
    jobs: jobChanges(db),
    sessions: sessionChanges(db),
    users: userChanges(db),
    apiKeys: apiKeyChanges(db),
    settings: settingChanges(db),
    uploads: uploadChanges(db),
    assetEdits: assetEditChanges(db),
    albums: albumChanges(db),
    stacks: stackChanges(db),
    sync: syncChanges(db),
    trash: trashChanges(db),
    queues: queueChanges(db),
    tags: tagChanges(db),
    people: peopleChanges(db),
    faces: faceChanges(db),
    memories: memoryChanges(db),
    memoryDays: memoryDays(db),
    edits: editChanges(db),
    notifications: notificationChanges(db),
    sharedLinks: sharedLinkChanges(db),
    partners: partnerChanges(db),
    activities: activityChanges(db),
    libraries: libraryChanges(db),
  };
}

export type Changes = ReturnType<typeof buildChanges>;
