import type { NotificationLevel, NotificationType } from '#contract/notifications';
import type { Catalog } from './open.ts';

/** News for one account. Times are Unix milliseconds. */
export interface NotificationRow {
  id: string;
  userId: string;
  type: NotificationType;
  level: NotificationLevel;
  title: string;
  description: string | null;
  /** JSON object, or null. */
  data: string | null;
  /** Null while unread. */
  readAt: number | null;
  createdAt: number;
}

export interface NewNotification {
  id: string;
  userId: string;
  type: NotificationType;
  level: NotificationLevel;
  title: string;
  description: string | null;
  data: Record<string, unknown> | null;
  readAt?: number | null;
  now: number;
}

/** Absent or null: any. */
export interface NotificationFilter {
  userId: string;
  id?: string | undefined;
  type?: NotificationType | undefined;
  level?: NotificationLevel | undefined;
  unread?: boolean | undefined;
}

/** What the bell shows at most; who has left so much unread looks at the newest. */
const MOST_LISTED = 500;

const COLUMNS = `id, user_id AS userId, type, level, title, description, data, read_at AS readAt,
  created_at AS createdAt`;

export function notificationQueries(db: Catalog) {
  const list = db.prepare<
    { userId: string; id: string | null; type: string | null; level: string | null; isUnread: number | null },
    NotificationRow
  >(`
    SELECT ${COLUMNS} FROM notification
    WHERE user_id = @userId AND (@id IS NULL OR id = @id) AND (@type IS NULL OR type = @type)
      AND (@level IS NULL OR level = @level) AND (@isUnread IS NULL OR (read_at IS NULL) = @isUnread)
    ORDER BY created_at DESC, rowid DESC LIMIT ${MOST_LISTED}`);
  const byId = db.prepare<[string], NotificationRow>(`SELECT ${COLUMNS} FROM notification WHERE id = ?`);
  const owned = db
    .prepare<{ userId: string; ids: string }, string>(
      `SELECT n.id FROM json_each(@ids) i CROSS JOIN notification n ON n.id = i.value AND n.user_id = @userId`,
    )
    .pluck();
  const albumName = db.prepare<[string], string>('SELECT name FROM album WHERE id = ?').pluck();
  return {
    /** Newest first. */
    list: (filter: NotificationFilter): NotificationRow[] =>
      list.all({
        userId: filter.userId,
        id: filter.id ?? null,
        type: filter.type ?? null,
        level: filter.level ?? null,
        isUnread: filter.unread === undefined ? null : Number(filter.unread),
      }),
    /** Anybody's: compare `userId`. */
    findById: (id: string): NotificationRow | undefined => byId.get(id),
    /** What its news call an album. */
    findAlbumName: (albumId: string): string | undefined => albumName.get(albumId),
    /** Those of `ids` that are this user's. */
    listOwned: (userId: string, ids: readonly string[]): Set<string> =>
      new Set(owned.all({ userId, ids: JSON.stringify(ids) })),
  };
}

export function notificationChanges(db: Catalog) {
  const insert = db.prepare(`
    INSERT INTO notification (id, user_id, type, level, title, description, data, read_at, created_at)
    SELECT @id, id, @type, @level, @title, @description, @data, @readAt, @now FROM user WHERE id = @userId`);
  const unread = db
    .prepare<{ userId: string; type: string; about: string }, string>(
      `SELECT id FROM notification WHERE user_id = @userId AND type = @type AND read_at IS NULL
         AND data ->> '$.about' = @about`,
    )
    .pluck();
  const renew = db.prepare(`
    UPDATE notification SET title = @title, description = @description, data = @data, level = @level,
      created_at = @now WHERE id = @id`);
  const read = db.prepare<{ ids: string; readAt: number | null }>(
    'UPDATE notification SET read_at = @readAt WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  const remove = db.prepare<[string]>(
    'DELETE FROM notification WHERE id IN (SELECT value FROM json_each(?))',
  );
  const admins = db
    .prepare<[], string>('SELECT id FROM user WHERE is_admin = 1 AND deleted_at IS NULL')
    .pluck();
  const create = (notification: NewNotification): string => {
    const { data, readAt, ...rest } = notification;
    insert.run({ ...rest, data: data === null ? null : JSON.stringify(data), readAt: readAt ?? null });
    return notification.id;
  };
  const batch = (notification: NewNotification & { about: string }): string | null => {
    const { about, ...rest } = notification;
    const data = { ...rest.data, about };
    const { userId, type } = rest;
    const id = unread.get({ userId, type, about });
    if (id === undefined) return create({ ...rest, data });
    const { title, description, level, now } = rest;
    renew.run({ id, title, description, level, data: JSON.stringify(data), now });
    return null;
  };
  return {
    create,
    /**
     * News of which one at a time is enough: while one of this type about the same thing is unread, it is
     * brought up to date instead. Returns the id of a new one, else null.
     */
    batch,
    /** The same for every administrator; `ids` makes their ids. Returns those that are new. */
    tellAdmins: (
      news: Omit<NewNotification, 'id' | 'userId'> & { about: string },
      nextId: () => string,
    ): string[] =>
      admins
        .all()
        .map((userId) => batch({ ...news, id: nextId(), userId }))
        .filter((id) => id !== null),
    /** Marks as read then, or as unread again (null). The caller has made sure whose they are. */
    setRead: (change: { ids: readonly string[]; readAt: number | null }): void =>
      void read.run({ ids: JSON.stringify(change.ids), readAt: change.readAt }),
    remove: (ids: readonly string[]): void => void remove.run(JSON.stringify(ids)),
  };
}
