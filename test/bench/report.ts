/** Prints one figure; with a goal, whether it is met. Lower is better. */
export function report(name: string, value: number, unit: string, goal?: number): void {
  const verdict =
    goal === undefined ? '' : value <= goal ? `  (goal ≤ ${goal}: met)` : `  (goal ≤ ${goal}: MISSED)`;
  process.stdout.write(`${name.padEnd(52)} ${value.toFixed(2).padStart(10)} ${unit}${verdict}\n`);
}

/** The value below which `share` of the samples lie, e.g. 0.95. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
