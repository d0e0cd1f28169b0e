/** Who may do what with a stream: names of users and groups. An action that is not named is left to the next list. */
export type Acl = Partial<Record<Action, readonly string[]>>;
export type Action = 'read' | 'write' | 'delete' | 'metaRead' | 'metaWrite';

export const EVERYONE = '$all';
export const ADMINS = '$admins';
export const OPERATORS = '$ops';

/** Holds the lists for streams that have none of their own. */
export const SETTINGS_STREAM = '$settings';

const ACTIONS = new Map<string, Action>([
  ['$r', 'read'],
  ['$w', 'write'],
  ['$d', 'delete'],
  ['$mr', 'metaRead'],
  ['$mw', 'metaWrite'],
]);

const forAll = (role: string): Required<Acl> => ({
  read: [role],
  write: [role],
  delete: [role],
  metaRead: [role],
  metaWrite: [role],
});
/** What holds where neither the stream nor `$settings` says anything. */
export const USER_STREAMS = forAll(EVERYONE);
export const SYSTEM_STREAMS = forAll(ADMINS);

/** Reads the value of `$acl`, in which a single role may stand without a list. Undefined when it is none. */
export function parseAcl(value: unknown): Acl | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const acl: Acl = {};
  for (const [key, roles] of Object.entries(value) as [string, unknown][]) {
    const action = ACTIONS.get(key);
    if (action === undefined) return undefined;
    if (typeof roles === 'string') acl[action] = [roles];
    else if (Array.isArray(roles) && roles.every((role) => typeof role === 'string')) acl[action] = roles;
    else return undefined;
  }
  return acl;
}

export interface SystemSettings {
  userStreams: Acl | undefined;
  systemStreams: Acl | undefined;
}

/** Reads an event of `$settings`; one that cannot be read counts for nothing. */
export function parseSettings(text: string): SystemSettings {
  try {
    const settings = JSON.parse(text) as Record<string, unknown>;
    return { userStreams: parseAcl(settings['$userStreamAcl']), systemStreams: parseAcl(settings['$systemStreamAcl']) };
  } catch {
    return { userStreams: undefined, systemStreams: undefined };
  }
}
