import { timingSafeEqual, createHash } from 'node:crypto';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { SignJWT, createRemoteJWKSet, decodeJwt, errors, jwtVerify, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import { Problem, problems } from '../problems/problem.js';
import { personOf } from '../requests/trace.js';
import type { LocalKeys } from './local-keys.js';

export interface TokenOptions {
  readonly audience: string;
  readonly local?: LocalKeys;
  readonly remote?: { readonly issuer: string; readonly jwksUrl: string };
}

interface TrustedIssuer {
  readonly key: CryptoKey | JWTVerifyGetKey;
  readonly algorithms: string[];
}

const tokenType = 'at+jwt';

/** Seconds. */
const clockTolerance = 5;
/** Milliseconds for which a checked token is not checked again, unless it expires: a signature costs more than a command. */
const verifiedFor = 60_000;
const mostVerified = 10_000;

/** Says who somebody is. What they may do is in the directory's grants, never in the token. */
@Injectable()
export class Tokens {
  readonly #trusted = new Map<string, TrustedIssuer>();
  readonly #verified = new Map<string, { readonly person: string; readonly until: number }>();

  constructor(
    private readonly options: TokenOptions,
    private readonly clock: Clock,
  ) {
    const { local, remote } = options;
    if (local !== undefined) this.#trusted.set(local.issuer, { key: local.publicKey, algorithms: ['EdDSA'] });
    if (remote !== undefined) {
      const key = createRemoteJWKSet(new URL(remote.jwksUrl), {
        timeoutDuration: 5_000,
        cooldownDuration: 30_000,
        cacheMaxAge: 600_000,
      });
      this.#trusted.set(remote.issuer, { key, algorithms: ['EdDSA', 'ES256', 'ES384', 'PS256', 'RS256'] });
    }
  }

  /** The person behind `Authorization: Bearer ...`; a problem unless every check holds. */
  async person(authorization: string | undefined): Promise<string> {
    const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? '');
    if (bearer === null) throw new Problem(problems.unauthenticated, 'Send Authorization: Bearer and a token.');
    const token = bearer[1]!;
    const now = this.clock.now();
    const known = this.#verified.get(token);
    if (known !== undefined && known.until > now.getTime()) return known.person;
    try {
      // Read unverified, only to choose the key: jwtVerify then checks the same claim under that key.
      const issuer = decodeJwt(token).iss ?? '';
      const trusted = this.#trusted.get(issuer);
      if (trusted === undefined) throw new Problem(problems.unauthenticated, 'The issuer of the token is not trusted.');
      const { payload } = await jwtVerify(token, trusted.key as JWTVerifyGetKey, {
        issuer,
        audience: this.options.audience,
        typ: tokenType,
        algorithms: trusted.algorithms,
        requiredClaims: ['iss', 'sub', 'aud', 'exp'],
        clockTolerance,
        currentDate: now,
      });
      const person = personOf(issuer, payload.sub!);
      if (this.#verified.size >= mostVerified) this.#verified.clear();
      const expires = (payload.exp! + clockTolerance) * 1000;
      this.#verified.set(token, { person, until: Math.min(expires, now.getTime() + verifiedFor) });
      return person;
    } catch (error) {
      throw refusal(error);
    }
  }

  get isLocal(): boolean {
    return this.options.local !== undefined;
  }

  /** Constant time: how much of a guess is right must not show. */
  isOperatorSecret(guess: string): boolean {
    const { local } = this.options;
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return local !== undefined && timingSafeEqual(digest(guess), digest(local.operatorSecret));
  }

  localPerson(subject: string): string {
    return personOf(this.#local().issuer, subject);
  }

  async issue(subject: string, lifeSeconds: number): Promise<{ token: string; expiresAt: string }> {
    const local = this.#local();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ: tokenType, kid: local.keyId })
      .setIssuer(local.issuer)
      .setSubject(subject)
      .setAudience(this.options.audience)
      .setIssuedAt(now)
      .setExpirationTime(now + lifeSeconds)
      .sign(local.privateKey);
    return { token, expiresAt: new Date((now + lifeSeconds) * 1000).toISOString() };
  }

  #local(): LocalKeys {
    const { local } = this.options;
    if (local === undefined) throw new Problem(problems.notFound, 'Tokens come from the configured issuer.');
    return local;
  }
}

/** jose's own name for an answer of the JWKS address that is not a key set. */
const isKeyFetchFailure = (error: unknown): boolean =>
  error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';

function refusal(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new Problem(problems.unauthenticated, 'The token has expired.');
  if (error instanceof errors.JWKSTimeout || error instanceof TypeError || isKeyFetchFailure(error)) {
    return new Problem(problems.storeUnavailable, 'The keys of the token issuer cannot be fetched.', [], {
      'Retry-After': '5',
    });
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new Problem(problems.unauthenticated, `The claim ${error.claim} of the token does not fit.`);
  }
  if (error instanceof errors.JOSEError) return new Problem(problems.unauthenticated, 'The token is not valid.');
  return error;
}
