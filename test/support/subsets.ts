/** All subsets of one size, in order. */
export function subsetsOf<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return all.flatMap((first, at) => subsetsOf(all.slice(at + 1), size - 1).map((rest) => [first, ...rest]));
}
