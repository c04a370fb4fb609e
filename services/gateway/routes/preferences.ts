import type { User } from '#catalog/users';
import { readPreferences } from '#contract/preference-values';
import { Preferences, PreferencesUpdate } from '#contract/preferences';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';

/** What people have chosen about how the clients look and behave (contract §8.4). */
export function preferenceRoutes(app: GatewayApp, { queries, writer, now }: GatewayParts): void {
  const requireUser = (id: string): User => {
    const user = queries.users.findById(id.toLowerCase());
    if (!user) throw new Problem('not_found_or_no_access', { scope: 'adminUser.read' });
    return user;
  };
  const update = async (id: string, { avatar, ...part }: PreferencesUpdate): Promise<Preferences> => {
    const user = await writer.users.updatePreferences({
      id,
      part,
      avatarColor: avatar?.color ?? null,
      now: now(),
    });
    return readPreferences(user.preferences);
  };

  app.get(
    '/api/users/me/preferences',
    { config: { access: needs('userPreference.read') }, schema: { response: { 200: Preferences } } },
    async ({ caller }) => readPreferences(caller.user.preferences),
  );

  app.put(
    '/api/users/me/preferences',
    {
      config: { access: needs('userPreference.update') },
      schema: { body: PreferencesUpdate, response: { 200: Preferences } },
    },
    async ({ body, caller }) => update(caller.user.id, body),
  );

  app.get(
    '/api/admin/users/:id/preferences',
    {
      config: { access: needs('adminUser.read', { admin: true }) },
      schema: { params: idParams, response: { 200: Preferences } },
    },
    async ({ params }) => readPreferences(requireUser(params.id).preferences),
  );

  app.put(
    '/api/admin/users/:id/preferences',
    {
      config: { access: needs('adminUser.update', { admin: true }) },
      schema: { params: idParams, body: PreferencesUpdate, response: { 200: Preferences } },
    },
    async ({ params, body }) => update(requireUser(params.id).id, body),
  );
}
