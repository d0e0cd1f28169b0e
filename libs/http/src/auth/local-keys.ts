import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

export interface LocalKeys {
  readonly issuer: string;
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** Whoever can read the data folder may make tokens with it. */
  readonly operatorSecret: string;
}

/** Signing key and operator secret of this installation; made on first start, readable by the owner only. */
export async function localKeys(dataDir: string): Promise<LocalKeys> {
  const folder = join(dataDir, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const jwk = JSON.parse(await readOrMake(join(folder, 'signing.jwk'), newSigningKey)) as JWK;
  const operatorSecret = await readOrMake(join(folder, 'operator.key'), async () =>
    randomBytes(32).toString('base64url'),
  );
  const keyId = await calculateJwkThumbprint(jwk);
  return {
    // Two installations never trust each other's tokens by accident: the key is part of the issuer's name.
    issuer: `urn:civic-ledger:${keyId}`,
    keyId,
    privateKey: (await importJWK(jwk, 'EdDSA')) as CryptoKey,
    publicKey: (await importJWK({ kty: jwk.kty!, crv: jwk.crv!, x: jwk.x! }, 'EdDSA')) as CryptoKey,
    operatorSecret: operatorSecret.trim(),
  };
}

async function newSigningKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

/** Processes that start together agree on one file: only one of them creates it. */
async function readOrMake(path: string, make: () => Promise<string>): Promise<string> {
  const content = await make();
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await chmod(path, 0o600);
  return readWritten(path);
}

async function readWritten(path: string): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const content = await readFile(path, 'utf8');
    if (content.length > 0) return content;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${path} is empty: remove it, and it is made anew at the next start (old tokens end with it)`);
}
