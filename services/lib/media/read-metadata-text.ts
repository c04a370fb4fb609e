/**
 * A value of a tool's JSON as text: trimmed, undefined when empty or no text. Tools write what looks like a
 * number as one, so a model named "5" arrives as 5.
 */
export function readText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  return value.replaceAll('\0', '').trim() || undefined;
}

/** A finite number of a tool's JSON, which may be written as text; undefined for anything else. */
export function readNumber(value: unknown): number | undefined {
  const text = readText(value);
  const number = Number(text);
  return text !== undefined && Number.isFinite(number) ? number : undefined;
}

/**
 * What a tool answered in JSON, or undefined when a file brought it to answer something else. Fields must
 * still be taken for unknown.
 */
export function readJson(output: Buffer): unknown {
  try {
    return JSON.parse(output.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
