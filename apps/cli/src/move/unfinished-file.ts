import { existsSync } from 'node:fs';
import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lastMember, logLines, member, type Content, type Sum } from './log-file.js';

/** How far an export has come: what of the file is on the disk, and what it was read up to. */
interface Progress {
  readonly bytes: number;
  /** Of the last event in the file, both halves in decimal. */
  readonly commit: string;
  readonly prepare: string;
}

export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** What a kill in the middle leaves is cut to the last member that was noted, and goes on from there. */
export class UnfinishedFile {
  readonly #partial: string;
  readonly #note: string;
  #bytes = 0;
  #file: FileHandle | undefined;

  constructor(private readonly file: string) {
    this.#partial = `${file}.partial`;
    this.#note = `${file}.progress`;
  }

  get path(): string {
    return this.#partial;
  }

  /** Adds what is there already to `sum`. @returns the last line and its place; undefined for a new file. */
  async open(sum: Sum): Promise<{ readonly line: string; readonly place: Place } | undefined> {
    const known = existsSync(this.#note) ? (JSON.parse(await readFile(this.#note, 'utf8')) as Progress) : undefined;
    this.#file = await open(this.#partial, known === undefined ? 'w' : 'r+');
    if (known === undefined) return undefined;
    this.#bytes = known.bytes;
    await this.#file.truncate(known.bytes);
    let last = '';
    for await (const line of logLines(this.#partial, { isUnfinished: true })) {
      sum.add(line);
      last = line;
    }
    return { line: last, place: { commit: BigInt(known.commit), prepare: BigInt(known.prepare) } };
  }

  async add(lines: readonly string[], { commit, prepare }: Place): Promise<void> {
    await this.#write(await member(lines, this.#bytes === 0));
    const progress: Progress = { bytes: this.#bytes, commit: `${commit}`, prepare: `${prepare}` };
    const next = await open(`${this.#note}.new`, 'w');
    await next.writeFile(JSON.stringify(progress));
    await next.sync();
    await next.close();
    await rename(`${this.#note}.new`, this.#note);
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#file!.write(bytes, 0, bytes.length, this.#bytes);
    await this.#file!.datasync();
    this.#bytes += bytes.length;
  }

  /** The end is written again where an earlier export was killed behind it: the note does not know of it. */
  async end(content: Content): Promise<void> {
    if (this.#bytes === 0) await this.#write(await member([], true));
    await this.#write(await lastMember(content));
  }

  /** Gives the file its name. */
  async finish(): Promise<void> {
    await this.close();
    await rename(this.#partial, this.file);
    await rm(this.#note, { force: true });
    const folder = await open(dirname(this.file), 'r');
    await folder.sync();
    await folder.close();
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}
