import { recordData } from '../codec/recorded-event.js';
import {
  type Acl,
  type Action,
  ADMINS,
  EVERYONE,
  OPERATORS,
  parseSettings,
  SETTINGS_STREAM,
  SYSTEM_STREAMS,
  type SystemSettings,
  USER_STREAMS,
} from './acl.js';
import type { Engine } from './engine.js';
import { resolveLink } from './links.js';
import { META_PREFIX } from './stream-state.js';

/** Somebody who gave the right password. */
export interface Principal {
  readonly name: string;
  readonly groups: readonly string[];
}

export type StreamAction = 'read' | 'write' | 'delete';

export const ALL_STREAM = '$all';

export const isAdmin = ({ name, groups }: Principal): boolean => name === 'admin' || groups.includes(ADMINS);
export const isOperator = (principal: Principal): boolean =>
  isAdmin(principal) || principal.name === 'ops' || principal.groups.includes(OPERATORS);

const ofMetastream = { read: 'metaRead', write: 'metaWrite' } as const;

/** Decides as EventStoreDB's access control lists do: the stream's own, then those of `$settings`, then the defaults. */
export class Permissions {
  private settings: SystemSettings = { userStreams: undefined, systemStreams: undefined };
  private settingsEvent: Buffer | undefined;

  constructor(private readonly engine: Engine) {}

  allows(principal: Principal, action: StreamAction, stream: string): boolean {
    if (stream === ALL_STREAM && action !== 'read') return false;
    if (!stream.startsWith(META_PREFIX)) return isAdmin(principal) || this.isListed(principal, action, stream);
    // Nobody deletes the metadata of a stream by themselves.
    if (action === 'delete') return false;
    const original = stream.slice(META_PREFIX.length);
    return isAdmin(principal) || this.isListed(principal, ofMetastream[action], original);
  }

  private isListed({ name, groups }: Principal, action: Action, stream: string): boolean {
    const roles = this.rolesFor(action, stream);
    return roles.some((role) => role === EVERYONE || role === name || groups.includes(role));
  }

  private rolesFor(action: Action, stream: string): readonly string[] {
    const { userStreams, systemStreams } = this.currentSettings();
    const isSystem = stream.startsWith('$');
    const common: Acl = (isSystem ? systemStreams : userStreams) ?? {};
    const own = this.engine.streams.find(stream)?.visibleMetadata.acl;
    return own?.[action] ?? common[action] ?? (isSystem ? SYSTEM_STREAMS : USER_STREAMS)[action];
  }

  private currentSettings(): SystemSettings {
    if (this.engine.streams.find(SETTINGS_STREAM) === undefined) return this.settings;
    const event = resolveLink(this.engine, { stream: SETTINGS_STREAM, revision: -1 });
    if (event === undefined || this.settingsEvent?.equals(event) !== true) {
      this.settings = parseSettings(event === undefined ? '{}' : recordData(event).toString());
      this.settingsEvent = event;
    }
    return this.settings;
  }
}
