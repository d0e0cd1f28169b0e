import type { StandingPermission } from './standing-permission.js';

/** Turns a record into what the client asked to see. */
export type Render = (record: Buffer, position: number) => Buffer;

/** What a subscriber sees, and whether it still may. */
export interface View {
  render: Render;
  mayRead: StandingPermission;
}
