import { text } from './text.ts';

/** Details of a problem: what its words are filled with. */
type Details = Readonly<Record<string, unknown>>;

/**
 * What a refused request says, from the body of its answer: our words for its code where the language has them, else
 * the box's own. Undefined when the body says nothing.
 */
export function problemWords(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, details, message, errors } = body as Record<string, unknown>;
  const own = typeof code === 'string' ? wordsOf(text.problems.words, code) : undefined;
  const fields = listFields(errors);
  if (code === 'validation' && fields.length === 0) return text.problems.form;
  if (own !== undefined) return fill(own, { ...asDetails(details), fields: fields.join(', ') });
  if (Array.isArray(message)) return message.join('. ');
  return typeof message === 'string' && message !== '' ? message : undefined;
}

/** What a photo's page says about its file. */
export function assetProblemWords({ code, message }: { code: string; message: string }): string {
  return wordsOf(text.problems.assets, code) ?? message;
}

const wordsOf = (table: Readonly<Record<string, string | undefined>>, code: string): string | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** Puts details where the words name them; a reason is filled itself. */
function fill(words: string, details: Details): string {
  return words.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name !== 'why') return String(details[name] ?? '');
    const { why, ...rest } = details;
    return fill(wordsOf(text.problems.reasons, String(why)) ?? '', rest);
  });
}

/** The names of the fields that are wrong, each once. */
function listFields(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  const names = errors.flatMap((entry: { path?: unknown } | null) =>
    Array.isArray(entry?.path) && entry.path.length > 0 ? [String(entry.path[0])] : [],
  );
  return [...new Set(names.map((name) => wordsOf(text.problems.fields, name) ?? name))];
}

const asDetails = (value: unknown): Details =>
  typeof value === 'object' && value !== null ? (value as Details) : {};
