/** Memory that the messages of all clients share until they are answered. */
export class Allowance {
  private used = 0;

  constructor(private readonly most: number) {}

  /** False when there is not so much left; nothing is taken then. */
  take(bytes: number): boolean {
    if (this.used + bytes > this.most) return false;
    this.used += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.used -= bytes;
  }
}
