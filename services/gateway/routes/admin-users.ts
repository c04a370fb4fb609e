import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { User } from '#catalog/users';
import { idParams, Visibility } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import { SessionResponse } from '#contract/sessions';
import { readSystemConfig } from '#contract/system-config-values';
import {
  AssetCounts,
  UserAdminCreate,
  UserAdminDelete,
  UserAdminResponse,
  UserAdminUpdate,
} from '#contract/users';
import {
  type AccountParts,
  disconnectSessions,
  hashPassword,
  plainEmail,
  toSessionResponse,
} from '../accounts.ts';
import type { GatewayApp } from '../app.ts';
import { requireElevationFor } from '../asset-access.ts';
import { userAdminResponse } from '../user-response.ts';

const DAY_MS = 86_400_000;

/** Accounts as administrators manage them. */
export function adminUserRoutes(app: GatewayApp, parts: AccountParts): void {
  const { queries, writer, now, passwords, events } = parts;
  const requireUser = (id: string, scope: Scope): User => {
    const user = queries.users.findById(id.toLowerCase());
    if (!user) throw new Problem('not_found_or_no_access', { scope });
    return user;
  };

  app.get(
    '/api/admin/users',
    {
      config: { access: needs('adminUser.read', { admin: true }) },
      schema: {
        querystring: Type.Object({
          withDeleted: Type.Optional(Type.Boolean()),
          id: Type.Optional(idParams.properties.id),
        }),
        response: { 200: Type.Array(UserAdminResponse) },
      },
    },
    async ({ query }) =>
      (query.withDeleted ? queries.users.listAll() : queries.users.listActive())
        .filter(({ id }) => query.id === undefined || id === query.id.toLowerCase())
        .map(userAdminResponse),
  );

  app.post(
    '/api/admin/users',
    {
      config: { access: needs('adminUser.create', { admin: true }) },
      schema: { body: UserAdminCreate, response: { 201: UserAdminResponse } },
    },
    async ({ body }, reply) => {
      const user = await writer.users.create({
        id: randomUUID(),
        email: plainEmail(body.email),
        name: body.name,
        passwordHash: await hashPassword(parts, body.password),
        pinHash: body.pinCode ? await passwords.hash(body.pinCode) : null,
        isAdmin: body.isAdmin ?? false,
        // The administrator knows this password, so it should not last.
        shouldChangePassword: body.shouldChangePassword ?? true,
        storageLabel: body.storageLabel || null,
        avatarColor: body.avatarColor ?? null,
        quotaBytes: body.quotaSizeInBytes ?? null,
        now: now(),
      });
      return reply.code(201).send(userAdminResponse(user));
    },
  );

  app.get(
    '/api/admin/users/:id',
    {
      config: { access: needs('adminUser.read', { admin: true }) },
      schema: { params: idParams, response: { 200: UserAdminResponse } },
    },
    async ({ params }) => userAdminResponse(requireUser(params.id, 'adminUser.read')),
  );

  app.put(
    '/api/admin/users/:id',
    {
      config: { access: needs('adminUser.update', { admin: true }) },
      schema: { params: idParams, body: UserAdminUpdate, response: { 200: UserAdminResponse } },
    },
    async ({ params, body, caller }) => {
      const { id } = requireUser(params.id, 'adminUser.update');
      const { user, endedSessions } = await writer.users.update({
        id,
        patch: {
          ...(body.email !== undefined && { email: plainEmail(body.email) }),
          ...(body.name !== undefined && { name: body.name }),
          ...(body.password !== undefined && { passwordHash: await hashPassword(parts, body.password) }),
          ...(body.pinCode !== undefined && {
            pinHash: body.pinCode === null ? null : await passwords.hash(body.pinCode),
          }),
          ...(body.isAdmin !== undefined && { isAdmin: body.isAdmin }),
          ...(body.shouldChangePassword !== undefined && { shouldChangePassword: body.shouldChangePassword }),
          ...(body.storageLabel !== undefined && { storageLabel: body.storageLabel || null }),
          ...(body.avatarColor !== undefined && { avatarColor: body.avatarColor }),
          ...(body.quotaSizeInBytes !== undefined && { quotaBytes: body.quotaSizeInBytes }),
        },
        // A password is reset because somebody else may know the old one.
        ...(body.password !== undefined && {
          endSessions: {
            keptId: caller.kind === 'session' && caller.user.id === id ? caller.session.id : null,
          },
        }),
        now: now(),
      });
      disconnectSessions(parts, endedSessions);
      return userAdminResponse(user);
    },
  );

  /**
   * Deletes an account: it can no longer sign in. Until the delay has passed it can be restored; with `force` it is
   * due for removal at once. Nothing removes the files of a deleted account yet, and so their space stays taken.
   */
  app.delete(
    '/api/admin/users/:id',
    {
      config: { access: needs('adminUser.delete', { admin: true }) },
      schema: { params: idParams, body: UserAdminDelete, response: { 200: UserAdminResponse } },
    },
    async ({ params, body }) => {
      const { id, deletedAt } = requireUser(params.id, 'adminUser.delete');
      const at = now();
      const { deleteDelay } = readSystemConfig(queries.settings.find('systemConfig')).user;
      const { user, endedSessions } = await writer.users.remove({
        id,
        now: at,
        purgeAt: body.force ? (deletedAt ?? at) : (deletedAt ?? at) + deleteDelay * DAY_MS,
      });
      disconnectSessions(parts, endedSessions);
      for (const key of queries.apiKeys.listByUser(id)) events.disconnectKey(key.id);
      events.toAll('on_user_delete', id);
      return userAdminResponse(user);
    },
  );

  app.post(
    '/api/admin/users/:id/restore',
    {
      config: { access: needs('adminUser.delete', { admin: true }) },
      schema: { params: idParams, response: { 200: UserAdminResponse } },
    },
    async ({ params }) => {
      const { id } = requireUser(params.id, 'adminUser.delete');
      return userAdminResponse(await writer.users.restore({ id, now: now() }));
    },
  );

  app.get(
    '/api/admin/users/:id/sessions',
    {
      config: { access: needs('adminSession.read', { admin: true }) },
      schema: { params: idParams, response: { 200: Type.Array(SessionResponse) } },
    },
    async ({ params, caller }) =>
      queries.sessions
        .listByUser(requireUser(params.id, 'adminSession.read').id, now())
        .map((session) =>
          toSessionResponse(session, caller.kind === 'session' ? caller.session.id : undefined),
        ),
  );

  app.get(
    '/api/admin/users/:id/statistics',
    {
      config: { access: needs('adminUser.read', { admin: true }) },
      schema: {
        params: idParams,
        querystring: Type.Object({
          isFavorite: Type.Optional(Type.Boolean()),
          isTrashed: Type.Optional(Type.Boolean()),
          visibility: Type.Optional(Visibility),
        }),
        response: { 200: AssetCounts },
      },
    },
    async ({ params, query, caller }) => {
      const userId = requireUser(params.id, 'adminUser.read').id;
      // Others' locked folders are closed to whoever manages the box, and a PIN opens one's own alone.
      if (query.visibility === 'locked' && userId !== caller.user.id) throw new Problem('elevation_required');
      requireElevationFor(query.visibility, caller, now());
      const { images, videos } = queries.users.count({
        userId,
        isTrashed: query.isTrashed ? 1 : 0,
        isFavorite: query.isFavorite === undefined ? null : query.isFavorite ? 1 : 0,
        visibility: query.visibility ?? null,
      });
      return { images, videos, total: images + videos };
    },
  );
}
