import { type Static, Type } from 'typebox';

/** Every queue that clients know (contract §8.3); answers name all of them. */
export const QUEUE_NAMES = [
  'thumbnailGeneration',
  'metadataExtraction',
  'videoConversion',
  'faceDetection',
  'facialRecognition',
  'smartSearch',
  'duplicateDetection',
  'backgroundTask',
  'storageTemplateMigration',
  'migration',
  'search',
  'sidecar',
  'library',
  'notifications',
  'backupDatabase',
  'ocr',
  'workflow',
  'integrityCheck',
  'editor',
] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

const Name = Type.Enum([...QUEUE_NAMES]);
export const queueParams = Type.Object({ name: Name });

export const QueueCounts = Type.Object({
  active: Type.Integer(),
  completed: Type.Integer(),
  failed: Type.Integer(),
  delayed: Type.Integer(),
  waiting: Type.Integer(),
  paused: Type.Integer(),
});
export type QueueCounts = Static<typeof QueueCounts>;

/** A queue as `/jobs` tells it. */
export const QueueState = Type.Object({
  jobCounts: QueueCounts,
  queueStatus: Type.Object({ isActive: Type.Boolean(), isPaused: Type.Boolean() }),
});
export type QueueState = Static<typeof QueueState>;

/** All queues, by name. */
export const QueueStates = Type.Object(
  Object.fromEntries(QUEUE_NAMES.map((name) => [name, QueueState])) as Record<QueueName, typeof QueueState>,
);
export type QueueStates = Static<typeof QueueStates>;

/** A queue as `/queues` tells it. */
export const QueueSummary = Type.Object({ name: Name, isPaused: Type.Boolean(), statistics: QueueCounts });
export type QueueSummary = Static<typeof QueueSummary>;

export const QueueCommandBody = Type.Object({
  command: Type.Union([
    Type.Literal('start'),
    Type.Literal('pause'),
    Type.Literal('resume'),
    Type.Literal('empty'),
    Type.Literal('clear-failed'),
  ]),
  /** With `start`: all assets, not only those that lack the result. */
  force: Type.Optional(Type.Boolean()),
});
export type QueueCommand = Static<typeof QueueCommandBody>['command'];

export const QueueUpdateBody = Type.Object({ isPaused: Type.Optional(Type.Boolean()) });
export const QueueDeleteBody = Type.Object({ failed: Type.Optional(Type.Boolean()) });

/** Work that clients may ask for by name; §8.3 does not list them, the published types of 3.2.2 do. */
export const ManualJobBody = Type.Object({ name: Type.String({ pattern: '^[a-z-]{1,64}$' }) });
