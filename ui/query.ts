/** Parameters of an address; undefined ones are left out, a list becomes the same name several times. */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/** `?a=1&b=2`, or nothing. */
export function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'object') for (const entry of value) parameters.append(name, entry);
    else if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}
