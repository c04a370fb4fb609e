// The npm package systemd-notify 1.0.0 ships no types.
declare module 'systemd-notify' {
  interface NotifyOptions {
    /** Tells systemd that the start is complete. */
    ready?: boolean;
    /** One line for `systemctl status`. */
    status?: string;
    /** The main process. Default: this one. */
    pid?: number;
  }

  /** Runs systemd's own `systemd-notify`; rejects when it is missing or fails. */
  function systemdNotify(options: NotifyOptions): Promise<unknown>;
  export = systemdNotify;
}
