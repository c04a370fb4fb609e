import Sqlite from 'better-sqlite3';

/** One line of the stream. */
export interface SyncLine {
  type: string;
  data: Record<string, unknown>;
  ack: string;
}

/** The phone app sends its acknowledgement after so many lines, or at the end. */
const BATCH_LINES = 5_000;

interface Table {
  keys: string[];
  /** Columns that point to other tables, with what happens to this row when the other goes. */
  references?: Record<string, [table: string, onDelete: 'CASCADE' | 'SET NULL']>;
  extra?: string;
}

/** The phone app's tables with its foreign keys and unique constraints (contract §4.8). */
const TABLES: Record<string, Table> = {
  auth_user: { keys: ['id'] },
  user: { keys: ['id'] },
  partner: {
    keys: ['sharedById', 'sharedWithId'],
    references: { sharedById: ['user', 'CASCADE'], sharedWithId: ['user', 'CASCADE'] },
  },
  asset: {
    keys: ['id'],
    references: { ownerId: ['user', 'CASCADE'] },
    extra: ', checksum TEXT NOT NULL CHECK (length(checksum) = 28), UNIQUE (ownerId, checksum)',
  },
  stack: { keys: ['id'], references: { ownerId: ['user', 'CASCADE'] } },
  album: { keys: ['id'], references: { thumbnailAssetId: ['asset', 'SET NULL'] } },
  album_user: {
    keys: ['albumId', 'userId'],
    references: { albumId: ['album', 'CASCADE'], userId: ['user', 'CASCADE'] },
  },
  album_asset: {
    keys: ['albumId', 'assetId'],
    references: { albumId: ['album', 'CASCADE'], assetId: ['asset', 'CASCADE'] },
  },
  exif: { keys: ['assetId'], references: { assetId: ['asset', 'CASCADE'] } },
  memory: { keys: ['id'], references: { ownerId: ['user', 'CASCADE'] } },
  memory_asset: {
    keys: ['memoryId', 'assetId'],
    references: { memoryId: ['memory', 'CASCADE'], assetId: ['asset', 'CASCADE'] },
  },
  person: { keys: ['id'], references: { ownerId: ['user', 'CASCADE'] } },
  face: { keys: ['id'], references: { assetId: ['asset', 'CASCADE'], personId: ['person', 'SET NULL'] } },
  user_metadata: { keys: ['userId', 'key'], references: { userId: ['user', 'CASCADE'] } },
  asset_metadata: { keys: ['assetId', 'key'], references: { assetId: ['asset', 'CASCADE'] } },
  asset_edit: { keys: ['id'], references: { assetId: ['asset', 'CASCADE'] } },
};

/** Which table a kind of line is kept in; the longest name that fits decides. */
const KEPT_IN: [pattern: RegExp, table: string][] = [
  [/^AuthUser/, 'auth_user'],
  [/^UserMetadata/, 'user_metadata'],
  [/^User/, 'user'],
  [/^(PartnerAssetExif|AlbumAssetExif|AssetExif)/, 'exif'],
  [/^(PartnerAsset|AlbumAsset|AssetV|AssetDelete)/, 'asset'],
  [/^(PartnerStack|Stack)/, 'stack'],
  [/^Partner/, 'partner'],
  [/^AlbumUser/, 'album_user'],
  [/^AlbumToAsset/, 'album_asset'],
  [/^Album/, 'album'],
  [/^MemoryToAsset/, 'memory_asset'],
  [/^Memory/, 'memory'],
  [/^Person/, 'person'],
  [/^AssetFace/, 'face'],
  [/^AssetMetadata/, 'asset_metadata'],
  [/^AssetEdit/, 'asset_edit'],
];

const tableOf = (type: string): string => {
  const found = KEPT_IN.find(([pattern]) => pattern.test(type));
  if (!found) throw new Error(`the app knows no line of type ${type}`);
  return found[1];
};

/** A phone: its database, and how it takes lines in. Throws when a line breaks a constraint, as the app's sync does. */
export function openDevice() {
  const db = new Sqlite(':memory:');
  db.pragma('foreign_keys = ON');
  for (const [name, { keys, references = {}, extra = '' }] of Object.entries(TABLES)) {
    const all = [...new Set([...keys, ...Object.keys(references)])];
    const columns = all.map((column) => {
      const [table, onDelete] = references[column] ?? [];
      return `${column} TEXT${keys.includes(column) ? ' NOT NULL' : ''}${table ? ` REFERENCES ${table} ON DELETE ${onDelete}` : ''}`;
    });
    const checksum = extra === '' ? '' : ', checksum TEXT NOT NULL';
    const rest = extra.replace(', checksum TEXT NOT NULL CHECK', ', CHECK');
    db.exec(
      `CREATE TABLE ${name} (${columns.join(', ')}${checksum}, data TEXT NOT NULL, PRIMARY KEY (${keys.join(', ')})${rest})`,
    );
  }
  const statements = new Map<string, Sqlite.Statement>();
  const prepared = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const take = ({ type, data }: SyncLine): void => {
    const name = tableOf(type);
    const { keys, references = {}, extra } = TABLES[name]!;
    if (type.includes('Delete')) {
      const values = Object.values(data) as string[];
      prepared(`DELETE FROM ${name} WHERE ${keys.map((key) => `${key} = ?`).join(' AND ')}`).run(...values);
      return;
    }
    const columns = [
      ...new Set([...keys, ...Object.keys(references), ...(extra ? ['checksum'] : [])]),
      'data',
    ];
    prepared(
      `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    ).run(...columns.map((column) => (column === 'data' ? JSON.stringify(data) : data[column])));
  };
  /** One group of lines of the same type, in one transaction. */
  const takeGroup = db.transaction((lines: readonly SyncLine[]) => {
    for (const line of lines)
      try {
        take(line);
      } catch (cause) {
        throw new Error(`the app cannot keep ${JSON.stringify(line)}`, { cause });
      }
  });
  return {
    /** Every row, by table, as text in an order of its own. */
    dump: (): Record<string, Record<string, unknown>[]> =>
      Object.fromEntries(
        Object.entries(TABLES).map(([name, { keys, references = {} }]) => [
          name,
          prepared(`SELECT * FROM ${name} ORDER BY ${keys.join(', ')}`)
            .all()
            .map((row) => {
              const { data, ...columns } = row as Record<string, string>;
              const nulled = Object.entries(references)
                .filter(([, [, onDelete]]) => onDelete === 'SET NULL')
                .map(([column]) => [column, columns[column]]);
              return { ...(JSON.parse(data!) as object), ...Object.fromEntries(nulled) };
            }),
        ]),
      ),
    /**
     * Takes a batch in as the app does: consecutive lines of one type are one transaction, and the last line of
     * each is acknowledged. Returns the acknowledgements, or 'reset' when everything had to be forgotten.
     */
    takeBatch: (lines: readonly SyncLine[]): string[] => {
      const acks: string[] = [];
      for (let start = 0; start < lines.length; ) {
        const { type } = lines[start]!;
        let end = start;
        while (end < lines.length && lines[end]!.type === type) end++;
        const group = lines.slice(start, end);
        if (type === 'SyncResetV1')
          for (const name of Object.keys(TABLES).reverse()) db.exec(`DELETE FROM ${name}`);
        else if (type !== 'SyncAckV1' && type !== 'SyncCompleteV1') takeGroup(group);
        acks.push(group.at(-1)!.ack);
        start = end;
      }
      return acks;
    },
    close: () => void db.close(),
  };
}

export type Device = ReturnType<typeof openDevice>;

/** Splits what arrives into batches of lines; the last line has to be complete. */
export async function* readBatches(
  chunks: AsyncIterable<string | Uint8Array>,
  batchLines = BATCH_LINES,
): AsyncGenerator<SyncLine[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let batch: SyncLine[] = [];
  for await (const chunk of chunks) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      batch.push(JSON.parse(line) as SyncLine);
      if (batch.length >= batchLines) {
        yield batch;
        batch = [];
      }
    }
  }
  if (rest !== '') throw new Error('the last line has no end');
  if (batch.length > 0) yield batch;
}

export const TYPES_V3 = [
  'AuthUsersV1',
  'UsersV1',
  'AssetsV2',
  'AssetExifsV1',
  'AssetEditsV1',
  'AssetMetadataV1',
  'AssetOcrV1',
  'PartnersV1',
  'PartnerAssetsV2',
  'PartnerAssetExifsV1',
  'PartnerStacksV1',
  'AlbumsV2',
  'AlbumUsersV1',
  'AlbumAssetsV2',
  'AlbumAssetExifsV1',
  'AlbumToAssetsV1',
  'MemoriesV1',
  'MemoryToAssetsV1',
  'StacksV1',
  'UserMetadataV1',
  'PeopleV1',
  'AssetFacesV2',
];
export const TYPES_V2 = TYPES_V3.filter((type) => type !== 'AssetOcrV1').map((type) =>
  ['AssetsV2', 'PartnerAssetsV2', 'AlbumAssetsV2', 'AlbumsV2'].includes(type)
    ? type.replace('V2', 'V1')
    : type,
);
