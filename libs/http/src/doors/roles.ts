import { SetMetadata, applyDecorators, type CustomDecorator } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';

export const roles = [
  'administrator',
  'data-capturer',
  'verifier',
  'service-owner',
  'team-member',
  'head-of-department',
  'executive',
  'party-representative',
  'oversight',
  'analyst',
  'system',
  'citizen',
] as const;
export type Role = (typeof roles)[number];

/** Roles whose grant may reach every agency (tenant `*`). */
export const rolesOfAllAgencies: readonly Role[] = ['administrator', 'oversight', 'analyst'];

export const rolesKey = 'ledger:roles';
export const publicKey = 'ledger:public';
export const citizensKey = 'ledger:citizens';

/** Who may call this door. A handler with neither this nor {@link Public} is refused to everybody. */
export const Roles = (...allowed: [Role, ...Role[]]) =>
  applyDecorators(SetMetadata(rolesKey, allowed), ApiBearerAuth('token'));

/** Open data: no token is asked for. */
export const Public = (): CustomDecorator => SetMetadata(publicKey, true);

/**
 * Anybody may send here, with or without an account, as a citizen: with a token as its owner, else as an opaque person
 * made for this one request. So many a minute, caller and door; an Idempotency-Key means nothing here.
 */
export const OpenToCitizens = ({ perMinute = 60 }: { readonly perMinute?: number } = {}) =>
  applyDecorators(SetMetadata(publicKey, true), SetMetadata(citizensKey, perMinute), ApiBearerAuth('token'));
