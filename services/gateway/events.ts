import type { ClientProfile } from './client-profile.ts';

/** An event of contract §5.1 and its arguments. */
export interface LiveEvent {
  name: string;
  args: unknown[];
}

/** Those devices of a user that an event is for: all of them, unless it says more. */
export interface Audience {
  userId: string;
  /** Only those that speak this dialect: some events have another name or shape for each. */
  profile?: ClientProfile;
  /** Only those that have the locked folder open at this moment. */
  isUnlocked?: boolean;
}

/**
 * Hands live events to connected clients. Losing one is harmless: everything also arrives by asking. A client
 * with an API key hears only of what its scopes let it read.
 */
export interface Events {
  /** To every connected device of a user. */
  toUser(userId: string, name: string, ...args: unknown[]): void;
  /** To some of them. */
  to(audience: Audience, name: string, ...args: unknown[]): void;
  /** To the devices of one session. */
  toSession(sessionId: string, name: string, ...args: unknown[]): void;
  /** To everybody. */
  toAll(name: string, ...args: unknown[]): void;
  /**
   * Ends the connections of a session that is no longer signed in: they hear nothing of the user any more, and
   * half a second later `on_session_delete`, so that the page that signs out is not surprised by it.
   */
  disconnectSession(sessionId: string): void;
  /** Ends the connections of an API key that is gone or may do something else now. */
  disconnectKey(keyId: string): void;
}
