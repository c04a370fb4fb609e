/** Gigabytes as drives are sold by. */
const GB = 1e9;

/** What was typed as bytes: null for no limit, undefined when it is no whole number of gigabytes. */
export function readQuota(typed: string): number | null | undefined {
  const digits = typed.trim();
  if (digits === '') return null;
  if (!/^\d{1,6}$/.test(digits)) return undefined;
  return Number(digits) * GB;
}

/** Bytes as what would be typed for them; empty for no limit. */
export function quotaText(bytes: number | null): string {
  return bytes === null ? '' : String(Math.round(bytes / GB));
}
