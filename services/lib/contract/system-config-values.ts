// Apart from the schemas: the catalog's threads read settings without loading what checks requests.

/**
 * Settings as they are before anybody changes one. All leaves that the web's settings pages expect are here (their
 * names are those of the published types of 3.2.2); what this box has no use for says so by being off.
 */
export const DEFAULT_SYSTEM_CONFIG = {
  backup: { database: { cronExpression: '0 02 * * *', enabled: true, keepLastAmount: 14 } },
  ffmpeg: {
    accel: 'disabled',
    accelDecode: false,
    acceptedAudioCodecs: ['aac', 'mp3', 'opus'],
    acceptedContainers: ['mov', 'ogg', 'webm'],
    acceptedVideoCodecs: ['h264'],
    bframes: -1,
    cqMode: 'auto',
    crf: 23,
    gopSize: 0,
    maxBitrate: '0',
    preferredHwDevice: 'auto',
    preset: 'ultrafast',
    realtime: { enabled: false, resolutions: [], videoCodecs: [] },
    refs: 0,
    targetAudioCodec: 'aac',
    targetResolution: '720',
    targetVideoCodec: 'h264',
    temporalAQ: false,
    threads: 0,
    tonemap: 'hable',
    transcode: 'required',
    twoPass: false,
  },
  image: {
    colorspace: 'p3',
    extractEmbedded: true,
    fullsize: { enabled: false, format: 'jpeg', progressive: false, quality: 92 },
    preview: { format: 'jpeg', progressive: false, quality: 80, size: 1440 },
    thumbnail: { format: 'webp', progressive: false, quality: 80, size: 250 },
  },
  integrityChecks: {
    checksumFiles: { cronExpression: '0 03 * * *', enabled: true, percentageLimit: 100, timeLimit: 0 },
    missingFiles: { cronExpression: '0 03 * * *', enabled: true },
    untrackedFiles: { cronExpression: '0 03 * * *', enabled: false },
  },
  job: {
    backgroundTask: { concurrency: 1 },
    editor: { concurrency: 1 },
    faceDetection: { concurrency: 1 },
    integrityCheck: { concurrency: 1 },
    library: { concurrency: 1 },
    metadataExtraction: { concurrency: 1 },
    migration: { concurrency: 1 },
    notifications: { concurrency: 1 },
    ocr: { concurrency: 1 },
    search: { concurrency: 1 },
    sidecar: { concurrency: 1 },
    smartSearch: { concurrency: 1 },
    thumbnailGeneration: { concurrency: 1 },
    videoConversion: { concurrency: 1 },
    workflow: { concurrency: 1 },
  },
  library: { scan: { cronExpression: '0 0 * * *', enabled: true }, watch: { enabled: false } },
  logging: { enabled: true, level: 'log' },
  machineLearning: {
    availabilityChecks: { enabled: false, interval: 30_000, timeout: 2_000 },
    clip: { enabled: false, modelName: '' },
    duplicateDetection: { enabled: false, maxDistance: 0.01 },
    enabled: false,
    facialRecognition: { enabled: false, maxDistance: 0.5, minFaces: 3, minScore: 0.7, modelName: '' },
    ocr: {
      enabled: false,
      maxResolution: 736,
      minDetectionScore: 0.5,
      minRecognitionScore: 0.8,
      modelName: '',
    },
    urls: [],
  },
  map: { darkStyle: '', enabled: false, lightStyle: '' },
  metadata: { faces: { import: false } },
  newVersionCheck: { channel: 'stable', enabled: false },
  nightlyTasks: {
    clusterNewFaces: false,
    databaseCleanup: true,
    generateMemories: true,
    missingThumbnails: true,
    startTime: '00:00',
    syncQuotaUsage: true,
  },
  notifications: {
    smtp: {
      enabled: false,
      from: '',
      replyTo: '',
      transport: { host: '', ignoreCert: false, password: '', port: 587, secure: false, username: '' },
    },
  },
  oauth: {
    accountManagementUrl: '',
    allowInsecureRequests: false,
    autoLaunch: false,
    autoRegister: true,
    buttonText: '',
    clientId: '',
    clientSecret: '',
    defaultStorageQuota: null,
    enabled: false,
    endSessionEndpoint: '',
    issuerUrl: '',
    mobileOverrideEnabled: false,
    mobileRedirectUri: '',
    profileSigningAlgorithm: 'none',
    prompt: '',
    roleClaim: '',
    scope: 'openid email profile',
    signingAlgorithm: 'RS256',
    storageLabelClaim: '',
    storageQuotaClaim: '',
    timeout: 30_000,
    tokenEndpointAuthMethod: 'client_secret_post',
  },
  passwordLogin: { enabled: true },
  reverseGeocoding: { enabled: true },
  server: { externalDomain: '', loginPageMessage: '', publicUsers: true },
  // Where a photo goes is chosen once, when it arrives: the box never moves an original.
  storageTemplate: {
    enabled: false,
    hashVerificationEnabled: true,
    template: '{{y}}/{{y}}-{{MM}}/{{filename}}',
  },
  templates: { email: { albumInviteTemplate: '', albumUpdateTemplate: '', welcomeTemplate: '' } },
  theme: { customCss: '' },
  trash: { days: 30, enabled: true },
  user: { deleteDelay: 7 },
};

/** The groups and leaves above, and whatever else a client has stored beside them. */
export type SystemConfig = typeof DEFAULT_SYSTEM_CONFIG;

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The defaults with what was stored over them; lists are taken whole, and leaves that we do not know are kept. */
export const readSystemConfig = (stored: object | undefined): SystemConfig =>
  merge(DEFAULT_SYSTEM_CONFIG, (stored ?? {}) as Tree) as SystemConfig;

function merge(defaults: Tree, stored: Tree): Tree {
  const merged: Tree = { ...defaults };
  for (const [name, value] of Object.entries(stored)) {
    // Set by name, this one would change what the object is.
    if (name === '__proto__') continue;
    const standard = merged[name];
    merged[name] = isTree(standard) && isTree(value) ? merge(standard, value) : value;
  }
  return merged;
}
