import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { openLogFile } from './log-file.ts';

export type { Logger };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** What takes a secret's place in a line. */
const REDACTED = '[redacted]';

/** Query parameters that let their holder in; the clients put them into links and image addresses. */
const SECRET_PARAMETERS = /([?&](?:sessionKey|apiKey|key|slug|token|password)=)[^&#\s"'\\]+/gi;

/** The cookie that carries a session, in whatever text it turns up. */
const SECRET_COOKIE = /(immich_access_token=)[^;,\s"'\\]+/gi;

/** Headers and fields whose whole value is a secret; matched in the finished line, at any depth. */
const SECRET_FIELDS =
  /("(?:authorization|cookie|set-cookie|x-api-key|x-immich-(?:user-token|session-token|share-key|share-slug)|password|newPassword|pinCode|accessToken|sessionKey|apiKey)":)(?:"(?:[^"\\]|\\.)*"|\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])/gi;

/**
 * The log of one process: JSON lines on standard output, written before the call returns, so that the
 * last line of a crash is there. Secrets are taken out of the finished line, not at each place that logs,
 * because an error message or a stack can quote a whole request.
 *
 * `destination` replaces standard output (in tests). Lines are also kept in files in the folder `keptIn`, if given
 * (log-file.ts): where no journal keeps what is written.
 */
export function createLog(
  service: string,
  level: LogLevel = 'info',
  destination?: DestinationStream,
  keptIn?: string,
): Logger {
  const keep = keptIn === undefined ? undefined : openLogFile(keptIn, service);
  const options = {
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: {
      streamWrite: (line: string) => {
        const told = redactSecrets(line);
        keep?.(told);
        return told;
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The same line without anything that would let its reader sign in. */
export function redactSecrets(line: string): string {
  return line
    .replace(SECRET_PARAMETERS, `$1${REDACTED}`)
    .replace(SECRET_COOKIE, `$1${REDACTED}`)
    .replace(SECRET_FIELDS, `$1"${REDACTED}"`);
}
