import { InvalidArgumentError, Option } from 'commander';
import { outputFormats } from '../output.js';

export const outputOption = (): Option =>
  new Option('-o, --output <format>', 'how rows are printed').choices([...outputFormats]).default('table');

export const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
};

export const intOption = (flags: string, description: string, standard: number): Option =>
  new Option(flags, description).argParser(wholeNumber).default(standard);
