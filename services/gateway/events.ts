/** An event of contract §5.1 and its arguments. */
export interface LiveEvent {
  name: string;
  args: unknown[];
}

/** Hands live events to connected clients. Losing one is harmless: everything also arrives by asking. */
export interface Events {
  /** To every connected device of a user. */
  toUser(userId: string, name: string, ...args: unknown[]): void;
  /** To the devices of one session. */
  toSession(sessionId: string, name: string, ...args: unknown[]): void;
  /** To everybody. */
  toAll(name: string, ...args: unknown[]): void;
  /** Ends the connections of a session that is no longer signed in. */
  disconnectSession(sessionId: string): void;
}
