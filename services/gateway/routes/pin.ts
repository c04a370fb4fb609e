import { AuthStatus, PinChange, PinReset, PinSetup, Unlock } from '#contract/auth';
import { isoInstant } from '#contract/primitives';
import { needs } from '#contract/scopes';
import { type AccountParts, requireOwnSecret } from '../accounts.ts';
import type { GatewayApp } from '../app.ts';
import { isElevated } from '../caller.ts';

/** How long the locked folder stays open after its PIN was given (contract §2.6). */
const ELEVATION_MS = 15 * 60_000;

/** The PIN of the locked folder, and opening it for one session. */
export function pinRoutes(app: GatewayApp, parts: AccountParts): void {
  const { writer, now, passwords } = parts;

  app.get(
    '/api/auth/status',
    { config: { access: needs('all') }, schema: { response: { 200: AuthStatus } } },
    async ({ caller }) => {
      const session = caller.kind === 'session' ? caller.session : undefined;
      const isOpen = isElevated(caller, now());
      return {
        pinCode: caller.user.hasPin === 1,
        password: true,
        isElevated: isOpen,
        ...(session?.expiresAt && { expiresAt: isoInstant(session.expiresAt) }),
        ...(isOpen && session?.elevatedUntil && { pinExpiresAt: isoInstant(session.elevatedUntil) }),
      };
    },
  );

  app.post(
    '/api/auth/pin-code',
    { config: { access: needs('pinCode.create') }, schema: { body: PinSetup } },
    async ({ body, caller }, reply) => {
      await writer.users.setFirstPin({
        id: caller.user.id,
        pinHash: await passwords.hash(body.pinCode),
        now: now(),
      });
      return reply.code(204).send();
    },
  );

  app.put(
    '/api/auth/pin-code',
    { config: { access: needs('pinCode.update') }, schema: { body: PinChange } },
    async ({ body, caller, ip }, reply) => {
      await requireOwnSecret(parts, caller.user, body, ip);
      const pinHash = await passwords.hash(body.newPinCode);
      await writer.users.update({ id: caller.user.id, patch: { pinHash }, now: now() });
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/auth/pin-code',
    { config: { access: needs('pinCode.delete') }, schema: { body: PinReset } },
    async ({ body, caller, ip }, reply) => {
      await requireOwnSecret(parts, caller.user, body, ip);
      await writer.users.update({ id: caller.user.id, patch: { pinHash: null }, now: now() });
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/auth/session/unlock',
    { config: { access: needs('all', { sessionOnly: true }) }, schema: { body: Unlock } },
    async ({ body, caller, ip }, reply) => {
      await requireOwnSecret(parts, caller.user, body, ip);
      if (caller.kind === 'session')
        await writer.sessions.elevate({ id: caller.session.id, until: now() + ELEVATION_MS });
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/auth/session/lock',
    { config: { access: needs('all', { sessionOnly: true }) } },
    async ({ caller }, reply) => {
      if (caller.kind === 'session') await writer.sessions.elevate({ id: caller.session.id, until: null });
      return reply.code(204).send();
    },
  );
}
