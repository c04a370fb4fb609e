import { Type } from 'typebox';
import { Id, Instant } from './primitives.ts';
import { Email, Password, PersonName, PinCode } from './users.ts';

export const SignUp = Type.Object({ email: Email, password: Password, name: PersonName });

/** Whatever is typed may be tried: an address or password that cannot exist is wrong like any other. */
export const Login = Type.Object({
  email: Type.String({ maxLength: 1000 }),
  password: Type.String({ maxLength: 1000 }),
});

export const LoginResponse = Type.Object({
  accessToken: Type.String(),
  userId: Id,
  userEmail: Type.String(),
  name: Type.String(),
  isAdmin: Type.Boolean(),
  profileImagePath: Type.String(),
  shouldChangePassword: Type.Boolean(),
  isOnboarded: Type.Boolean(),
});

export const LogoutResponse = Type.Object({ successful: Type.Boolean(), redirectUri: Type.String() });

export const TokenValidity = Type.Object({ authStatus: Type.Literal(true) });

export const PasswordChange = Type.Object({
  password: Type.String({ maxLength: 1000 }),
  newPassword: Password,
  invalidateSessions: Type.Optional(Type.Boolean()),
});

export const AuthStatus = Type.Object({
  pinCode: Type.Boolean(),
  password: Type.Boolean(),
  isElevated: Type.Boolean(),
  expiresAt: Type.Optional(Instant),
  pinExpiresAt: Type.Optional(Instant),
});

/** Who changes or removes a PIN knows it, or the password. */
const proof = {
  pinCode: Type.Optional(Type.String({ maxLength: 1000 })),
  password: Type.Optional(Type.String({ maxLength: 1000 })),
};
export const PinSetup = Type.Object({ pinCode: PinCode });
export const PinChange = Type.Object({ newPinCode: PinCode, ...proof });
export const PinReset = Type.Object(proof);
export const Unlock = Type.Object({
  pinCode: Type.Optional(Type.String({ maxLength: 1000 })),
  password: Type.Optional(Type.String({ maxLength: 1000 })),
});
