/** The highest value of all that came before a moment. */
export class LatestBefore {
  private readonly moments: number[] = [];
  private readonly highest: number[] = [];

  constructor(entries: readonly { readonly moment: number; readonly value: number }[]) {
    let highest = -1;
    for (const { moment, value } of [...entries].sort((a, b) => a.moment - b.moment)) {
      highest = Math.max(highest, value);
      this.moments.push(moment);
      this.highest.push(highest);
    }
  }

  /** -1 when nothing came before it. */
  at(moment: number): number {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.moments[middle]! < moment) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? -1 : this.highest[low - 1]!;
  }
}
