import { Type } from 'typebox';
import { Id, Instant } from './primitives.ts';

/** Any text is a permission: older tools ask for some that no longer exist, which then open nothing. */
const Permissions = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  minItems: 1,
  maxItems: 1000,
});

const key = {
  id: Id,
  name: Type.String(),
  permissions: Type.Array(Type.String()),
  createdAt: Instant,
  updatedAt: Instant,
};

export const ApiKeyResponse = Type.Object(key);

/** 2.7 clients read `apiKey` and `secret`, 3.2 clients the fields beside the secret. */
export const ApiKeyCreateResponse = Type.Object({ ...key, secret: Type.String(), apiKey: ApiKeyResponse });

export const ApiKeyCreate = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 200 })),
  permissions: Permissions,
});

export const ApiKeyUpdate = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 200 })),
  permissions: Type.Optional(Permissions),
});
