import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Login, LoginResponse, LogoutResponse, PasswordChange, SignUp, TokenValidity } from '#contract/auth';
import { Problem } from '#contract/problems';
import { anyone, needs, signedIn } from '#contract/scopes';
import { UserAdminResponse } from '#contract/users';
import {
  type AccountParts,
  disconnectSessions,
  findByPassword,
  hashPassword,
  plainEmail,
  requireOwnSecret,
  startSession,
} from '../accounts.ts';
import type { GatewayApp } from '../app.ts';
import { describeDevice } from '../device.ts';
import { isLocalAddress } from '../local-network.ts';
import { userAdminResponse } from '../user-response.ts';

/** 400 days, the longest that browsers keep a cookie (RFC 6265bis). */
const COOKIE_SECONDS = 34_560_000;

/** Signing up, in and out with a password (contract §2.3, §2.4). */
export function authRoutes(app: GatewayApp, parts: AccountParts): void {
  const { queries, writer, now, log } = parts;
  let lastSignUp: Promise<unknown> = Promise.resolve();

  app.post(
    '/api/auth/admin-sign-up',
    { config: { access: anyone }, schema: { body: SignUp, response: { 201: UserAdminResponse } } },
    async (request, reply) => {
      const { email, name, password } = request.body;
      const makeOwner = async () => {
        if (queries.users.hasAdmin()) throw new Problem('admin_exists');
        // Who can reach the box from elsewhere could otherwise take it before its owner does. request.ip is the
        // socket's address, or what a proxy on this machine says.
        if (!isLocalAddress(request.ip)) throw new Problem('sign_up_not_local');
        return writer.users.createFirstAdmin({
          id: randomUUID(),
          email: plainEmail(email),
          name,
          passwordHash: await hashPassword(parts, password),
          pinHash: null,
          isAdmin: true,
          shouldChangePassword: false,
          storageLabel: null,
          avatarColor: null,
          quotaBytes: null,
          now: now(),
        });
      };
      // One after the other: of fifty that come at once, one password is hashed and not fifty.
      const signUp = lastSignUp.then(makeOwner, makeOwner);
      lastSignUp = signUp;
      const user = await signUp;
      log.info({ userId: user.id }, 'the box has an owner');
      return reply.code(201).send(userAdminResponse(user));
    },
  );

  app.post(
    '/api/auth/login',
    { config: { access: anyone }, schema: { body: Login, response: { 201: LoginResponse } } },
    async (request, reply) => {
      const user = await findByPassword(parts, { ...request.body, address: request.ip });
      if (!user) throw new Problem('wrong_credentials');
      const device = describeDevice(request.headers);
      const { id, token } = await startSession(parts, { ...device, userId: user.id });
      parts.phones.noteSignIn(id);
      setSessionCookies(request, reply, token);
      return reply.code(201).send({
        accessToken: token,
        userId: user.id,
        userEmail: user.email,
        name: user.name,
        isAdmin: user.isAdmin === 1,
        profileImagePath: user.profileImage ?? '',
        shouldChangePassword: user.shouldChangePassword === 1,
        isOnboarded: user.isOnboarded === 1,
      });
    },
  );

  app.post(
    '/api/auth/logout',
    { config: { access: needs('all') }, schema: { response: { 200: LogoutResponse } } },
    async (request, reply) => {
      const { caller } = request;
      if (caller.kind === 'session')
        disconnectSessions(parts, await writer.sessions.remove({ id: caller.session.id }));
      clearSessionCookies(request, reply);
      return { successful: true, redirectUri: '/auth/login?autoLaunch=0' };
    },
  );

  app.post(
    '/api/auth/validateToken',
    { config: { access: signedIn }, schema: { response: { 200: TokenValidity } } },
    async () => ({ authStatus: true as const }),
  );

  app.post(
    '/api/auth/change-password',
    {
      config: { access: needs('auth.changePassword') },
      schema: { body: PasswordChange, response: { 200: UserAdminResponse } },
    },
    async ({ body, caller, ip }) => {
      await requireOwnSecret(parts, caller.user, { password: body.password }, ip);
      const passwordHash = await hashPassword(parts, body.newPassword);
      const { user, endedSessions } = await writer.users.update({
        id: caller.user.id,
        patch: { passwordHash, shouldChangePassword: false },
        ...(body.invalidateSessions && {
          endSessions: { keptId: caller.kind === 'session' ? caller.session.id : null },
        }),
        now: now(),
      });
      disconnectSessions(parts, endedSessions);
      return userAdminResponse(user);
    },
  );
}

/** The three cookies that are the phone app's and the web client's session; `Secure` only where it came by https. */
function setSessionCookies(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const options = {
    path: '/',
    sameSite: 'lax',
    maxAge: COOKIE_SECONDS,
    secure: request.protocol === 'https',
  } as const;
  reply.setCookie('immich_access_token', token, { ...options, httpOnly: true });
  reply.setCookie('immich_auth_type', 'password', { ...options, httpOnly: true });
  // The web client reads this one from script, to know whether asking who is signed in is worth it.
  reply.setCookie('immich_is_authenticated', 'true', options);
}

function clearSessionCookies(request: FastifyRequest, reply: FastifyReply): void {
  const options = { path: '/', sameSite: 'lax', secure: request.protocol === 'https' } as const;
  for (const name of ['immich_access_token', 'immich_auth_type', 'immich_is_authenticated'])
    reply.clearCookie(name, { ...options, httpOnly: name !== 'immich_is_authenticated' });
}
