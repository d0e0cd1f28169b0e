import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { CommandFailure } from '../exit-codes.js';

export interface SecurityFlags {
  readonly host?: string;
  readonly passwordFile?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** The password, and certificate and key as PEM text. */
export interface Security {
  readonly password: string;
  readonly certificate: string;
  readonly key: string;
}

/** How a server is told to listen to other machines; `users` says whose password it is. */
export const addSecurityOptions = (command: Command, users: string): Command =>
  command
    .option(
      '--host <address>',
      'address to listen to; others than 127.0.0.1 need a password and a certificate',
      '127.0.0.1',
    )
    .option('--password-file <file>', `file with the password of ${users}; asks everybody to log in`)
    .option('--certificate <file>', 'TLS certificate, PEM')
    .option('--key <file>', 'its private key, PEM');

/** Undefined when the server is to be open to everybody on this machine. */
export function securityFrom({ passwordFile, certificate, key }: SecurityFlags): Security | undefined {
  if (passwordFile === undefined && certificate === undefined && key === undefined) return undefined;
  if (passwordFile === undefined || certificate === undefined || key === undefined)
    throw new CommandFailure('A secured server needs all of --password-file, --certificate and --key.');
  return { password: read(passwordFile).trim(), certificate: read(certificate), key: read(key) };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read: ${(error as Error).message}`);
  }
}
