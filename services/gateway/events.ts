import type { ClientProfile } from './client-profile.ts';

/** An event of contract §5.1 and its arguments. */
export interface LiveEvent {
  name: string;
  args: unknown[];
}

/** Hands live events to connected clients. Losing one is harmless: everything also arrives by asking. */
export interface Events {
  /** To every connected device of a user. */
  toUser(userId: string, name: string, ...args: unknown[]): void;
  /** To those devices of a user that speak this dialect: some events have another name and shape for each. */
  toProfile(userId: string, profile: ClientProfile, name: string, ...args: unknown[]): void;
  /** To the devices of one session. */
  toSession(sessionId: string, name: string, ...args: unknown[]): void;
  /** To everybody. */
  toAll(name: string, ...args: unknown[]): void;
  /**
   * Ends the connections of a session that is no longer signed in: they hear nothing of the user any more, and
   * half a second later `on_session_delete`, so that the page that signs out is not surprised by it.
   */
  disconnectSession(sessionId: string): void;
}
