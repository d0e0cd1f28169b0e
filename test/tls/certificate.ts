import {
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';

/** DER: a tag, the length of the content, the content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const sequence = (...content: Uint8Array[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const octets = (content: Uint8Array): Buffer => der(0x04, content);
const time = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const SUBJECT_ALTERNATIVE_NAME = oid('551d11');
const BASIC_CONSTRAINTS = oid('551d13');
const TRUE = der(0x01, Buffer.from([0xff]));
const A_DAY = 86_400_000;

const nameOf = (common: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(common)))));
const newKeys = (): KeyPairKeyObjectResult => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
/** Version 3, as the number 2. */
const VERSION = der(0xa0, der(0x02, Buffer.from([2])));

function certificate(subject: string, owner: KeyObject, issuer: string, signer: KeyObject, extension: Buffer): string {
  const content = sequence(
    VERSION,
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ECDSA_WITH_SHA256,
    nameOf(issuer),
    sequence(time(Date.now() - A_DAY), time(Date.now() + A_DAY)),
    nameOf(subject),
    owner.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, signer));
  return new X509Certificate(sequence(content, ECDSA_WITH_SHA256, signature)).toString();
}

/** A certificate for localhost and 127.0.0.1, its key, and who signed it, all PEM. Node can read them, not make them. */
export function aCertificate(): { authority: string; certificate: string; key: string } {
  const [authority, server] = [newKeys(), newKeys()];
  const isAuthority = sequence(BASIC_CONSTRAINTS, TRUE, octets(sequence(TRUE)));
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const isLocalhost = sequence(SUBJECT_ALTERNATIVE_NAME, octets(names));
  const signer = 'authority of a spec';
  return {
    authority: certificate(signer, authority.publicKey, signer, authority.privateKey, isAuthority),
    certificate: certificate('localhost', server.publicKey, signer, authority.privateKey, isLocalhost),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
