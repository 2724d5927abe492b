/** How many letters were left out, added, changed, or swapped with their neighbour, to make one word of another. */
export function editDistance(one: string, other: string): number {
  /** Between the first so many letters of the one and the first so many of the other. */
  const rows: number[][] = [];
  const known = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 0; row <= one.length; row++) {
    const line: number[] = [];
    rows.push(line);
    for (let column = 0; column <= other.length; column++) {
      const changed = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      line.push(
        row + column === 0
          ? 0
          : Math.min(
              known(row - 1, column) + 1,
              known(row, column - 1) + 1,
              known(row - 1, column - 1) + changed,
              swapped ? known(row - 2, column - 2) + 1 : Infinity,
            ),
      );
    }
  }
  return known(one.length, other.length);
}
