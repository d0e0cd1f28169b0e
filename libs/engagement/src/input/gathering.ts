/** Lets those who come within a few milliseconds of each other go on together: what they write then shares a disk sync. */
export class Gathering {
  #leaving: Promise<void> | undefined;

  constructor(private readonly milliseconds: number) {}

  join(): Promise<void> {
    this.#leaving ??= new Promise((resolve) => {
      setTimeout(() => {
        this.#leaving = undefined;
        resolve();
      }, this.milliseconds);
    });
    return this.#leaving;
  }
}
