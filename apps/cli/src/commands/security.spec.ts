import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { securityFrom } from './security.js';

describe('What a server is secured with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-security-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it('given no flag, when a server is started, then it is open to this machine', () => {
    expect(securityFrom({ host: '127.0.0.1' })).toBeUndefined();
  });

  it('given all three files, when a server is started, then it is given their content, the password without its line end', () => {
    const flags = {
      passwordFile: file('password', 'a secret\n'),
      certificate: file('certificate', 'PEM\n'),
      key: file('key', 'KEY\n'),
    };
    expect(securityFrom(flags)).toEqual({ password: 'a secret', certificate: 'PEM\n', key: 'KEY\n' });
  });

  it.each([{ passwordFile: 'p' }, { certificate: 'c', key: 'k' }, { passwordFile: 'p', certificate: 'c' }])(
    'given only %j, when a server is started, then all of them are asked for',
    (flags) => {
      expect(() => securityFrom(flags)).toThrow(/needs all of --password-file, --certificate and --key/);
    },
  );

  it('given a file that is not there, when a server is started, then it is named', () => {
    const missing = join(folder, 'missing');
    expect(() => securityFrom({ passwordFile: missing, certificate: missing, key: missing })).toThrow(
      /missing cannot be read/,
    );
  });
});
