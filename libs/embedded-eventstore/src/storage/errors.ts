/** The disk has no room. The write was undone; a later one may work. */
export class DiskFullError extends Error {
  constructor(folder: string) {
    super(`The disk that holds ${folder} is full. Nothing was written; free some space and try again.`);
    this.name = 'DiskFullError';
  }
}

/** The disk takes no writes, as after a fault that made the system remount it. Nothing was written. */
export class ReadOnlyDiskError extends Error {
  constructor(folder: string) {
    super(`The disk that holds ${folder} is read-only. Nothing was written; make it writable and try again.`);
    this.name = 'ReadOnlyDiskError';
  }
}

/** The disk refused a write or a sync for another reason; what it holds now is not known. */
export class StorageFailedError extends Error {
  constructor(folder: string, cause: unknown) {
    super(
      `Writing the event log in ${folder} failed (${cause instanceof Error ? cause.message : String(cause)}). ` +
        'No further event is accepted: check the disk, then start again, which verifies the whole log.',
      { cause },
    );
    this.name = 'StorageFailedError';
  }
}

export class DamagedLogError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DamagedLogError';
  }
}
