import fc from 'fast-check';
import { csvLines, lineLimit, ndjsonLines, type UploadLine } from './lines.js';

async function* inChunks(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const at = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  for (let index = 1; index < at.length; index++) yield bytes.subarray(at[index - 1], at[index]);
}

async function read(text: string, cuts: readonly number[] = []): Promise<UploadLine[]> {
  const found: UploadLine[] = [];
  for await (const lines of ndjsonLines(inChunks(Buffer.from(text), cuts))) found.push(...lines);
  return found;
}

async function readCsv(text: string): Promise<UploadLine[]> {
  const found: UploadLine[] = [];
  for await (const lines of csvLines(inChunks(Buffer.from(text), []))) found.push(...lines);
  return found;
}

const told = (lines: readonly UploadLine[]): unknown[] =>
  lines.map(({ line, value, refusal }) => [line, value ?? refusal?.kind.id]);

describe('the lines of an upload', () => {
  const line = fc.constantFrom('{"id":"ä"}', '[1]', ' 7 ', '', ' \t\r', '{"broken', '\u{1f4a7}');

  it('are the same wherever the network cuts them', () =>
    fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), fc.array(fc.nat({ max: 90 })), async (lines, cuts) => {
        const text = lines.join('\n');
        const inside = cuts.filter((cut) => cut <= Buffer.byteLength(text));
        expect(told(await read(text, inside))).toEqual(told(await read(text)));
      }),
    ));

  it('are counted with the blank ones, which are left out', async () =>
    expect(told(await read('\n1\n\r\n 2'))).toEqual([
      [2, 1],
      [4, 2],
    ]));

  it('over the limit are refused by themselves, cut or whole, with a newline or without', async () => {
    const long = `"${'x'.repeat(lineLimit)}"`;
    const fits = `"${'x'.repeat(lineLimit - 2)}"`;
    for (const cuts of [[], [10], [10, lineLimit, lineLimit + 5]])
      expect(told(await read(`1\n${long}\n${fits}\n${long}`, cuts))).toEqual([
        [1, 1],
        [2, 'http/line-too-long'],
        [3, fits.slice(1, -1)],
        [4, 'http/line-too-long'],
      ]);
  });
});

describe('the records of a CSV upload', () => {
  it.each([
    ['stands inside a cell', 'id,note\na,12" pipe\n'],
    ['is not closed', 'id,note\na,"pipe\n'],
    ['is followed by more of the cell', 'id,note\na,"pipe" 12\n'],
    ['stands inside a name of the header', 'id,no"te\na,b\n'],
  ])('are refused as malformed where a quote %s', async (_, text) => {
    await expect(readCsv(text)).rejects.toMatchObject({ kind: { id: 'http/malformed-upload' } });
  });

  it('over the limit are refused as too long', async () => {
    await expect(readCsv(`id\n${'x'.repeat(lineLimit + 2)}\n`)).rejects.toMatchObject({
      kind: { id: 'http/line-too-long' },
    });
  });
});
