/** Reads `47.42, 10.98` or `47.42 10.98`; undefined when it is not a place on Earth. */
export function readCoordinates(words: string): { latitude: number; longitude: number } | undefined {
  const numbers = words.trim().split(/[\s,;]+/);
  if (numbers.length !== 2 || numbers.some((part) => !/^[+-]?\d+(\.\d+)?$/.test(part))) return undefined;
  const [latitude, longitude] = numbers.map(Number) as [number, number];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
