import { Type } from 'typebox';
import type { User } from '#catalog/users';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { grants, needs } from '#contract/scopes';
import { readSystemConfig } from '#contract/system-config-values';
import { Onboarding, UserAdminResponse, UserResponse, UserUpdate } from '#contract/users';
import { type AccountParts, hashPassword, plainEmail } from '../accounts.ts';
import type { GatewayApp } from '../app.ts';
import type { Caller } from '../caller.ts';
import { userAdminResponse, userResponse } from '../user-response.ts';

/** The accounts of the box, as their owners and each other see them. */
export function userRoutes(app: GatewayApp, parts: AccountParts): void {
  const { queries, writer, now } = parts;
  const requireActive = (id: string): User => {
    const user = queries.users.findById(id.toLowerCase());
    if (!user || user.deletedAt !== null) throw new Problem('not_found_or_no_access', { scope: 'user.read' });
    return user;
  };

  app.get(
    '/api/users',
    { config: { access: needs('user.read') }, schema: { response: { 200: Type.Array(UserResponse) } } },
    async ({ caller }) => {
      const { publicUsers } = readSystemConfig(queries.settings.find('systemConfig')).server;
      const seesAll = publicUsers || caller.user.isAdmin === 1;
      return queries.users
        .listActive()
        .filter(({ id }) => seesAll || id === caller.user.id)
        .map(userResponse);
    },
  );

  app.get(
    '/api/users/me',
    { config: { access: needs('user.read') }, schema: { response: { 200: UserAdminResponse } } },
    async ({ caller }) => userAdminResponse(caller.user),
  );

  app.put(
    '/api/users/me',
    {
      config: { access: needs('user.update') },
      schema: { body: UserUpdate, response: { 200: UserAdminResponse } },
    },
    async ({ body, caller }) => {
      if (body.password !== undefined) requirePasswordScope(caller);
      const { user } = await writer.users.update({
        id: caller.user.id,
        patch: {
          ...(body.name !== undefined && { name: body.name }),
          ...(body.email !== undefined && { email: plainEmail(body.email) }),
          ...(body.avatarColor !== undefined && { avatarColor: body.avatarColor }),
          ...(body.password !== undefined && {
            passwordHash: await hashPassword(parts, body.password),
            shouldChangePassword: false,
          }),
        },
        now: now(),
      });
      return userAdminResponse(user);
    },
  );

  app.get(
    '/api/users/me/license',
    { config: { access: needs('userLicense.read') } },
    // Nothing is sold here.
    async () => {
      throw new Problem('file_missing');
    },
  );

  app.get(
    '/api/users/me/onboarding',
    { config: { access: needs('userOnboarding.read') }, schema: { response: { 200: Onboarding } } },
    async ({ caller }) => ({ isOnboarded: caller.user.isOnboarded === 1 }),
  );

  const setOnboarded = (caller: Caller, isOnboarded: boolean) =>
    writer.users.update({ id: caller.user.id, patch: { isOnboarded }, now: now() });

  app.put(
    '/api/users/me/onboarding',
    {
      config: { access: needs('userOnboarding.update') },
      schema: { body: Onboarding, response: { 200: Onboarding } },
    },
    async ({ body, caller }) => {
      const { user } = await setOnboarded(caller, body.isOnboarded);
      return { isOnboarded: user.isOnboarded === 1 };
    },
  );

  app.delete(
    '/api/users/me/onboarding',
    { config: { access: needs('userOnboarding.delete') } },
    async ({ caller }, reply) => {
      await setOnboarded(caller, false);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/users/:id',
    { config: { access: needs('user.read') }, schema: { params: idParams, response: { 200: UserResponse } } },
    async ({ params }) => userResponse(requireActive(params.id)),
  );
}

/** Who may change a name may not thereby take the account: a key needs the scope of the password for that. */
function requirePasswordScope(caller: Caller): void {
  if (caller.kind === 'key' && !grants(caller.key.permissions, 'auth.changePassword'))
    throw new Problem('scope_missing', { scope: 'auth.changePassword' });
}
