import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CommandFailure } from '../exit-codes.js';
import type { ConversationProfile } from './conversation-profile.js';
import { readConversation, readNames, type ConversationRows } from './conversation-rows.js';
import { consultationName, importConversation } from './import-conversation.js';
import { loadProfile } from './profile.js';

const polis = loadProfile('polis', resolve('profiles')) as ConversationProfile;
let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'conversation-'))));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  write('summary.csv', 'topic,$15/hour\nconversation-description,"How, and why?"');
  write('participants-votes.csv', 'participant,group-id\n0,1\n1,\n2,0');
  write('comments.csv', 'timestamp,comment-id,author-id,moderated,comment-body\n1403054214174,7,0,-1,"Fair,\nat last"');
  write('votes.csv', votes('1403054214200,7,1,1', '1403054214180,7,0,-1'));
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), `${text}\n`);
const votes = (...rows: readonly string[]): string => ['timestamp,comment-id,voter-id,vote', ...rows].join('\n');
const read = (): Promise<ConversationRows> => readConversation(polis, (file) => join(folder, file));
const linesOf = ({ lines }: ConversationRows['votes']): unknown[] =>
  lines.map(({ json }) => JSON.parse(json) as unknown);

describe('the files of a conversation', () => {
  it('say who took part, in which group if any', async () => {
    const { participants, groups } = await read();
    expect(linesOf(participants)).toEqual([{ id: '0', group: '1' }, { id: '1' }, { id: '2', group: '0' }]);
    expect(groups).toEqual(['0', '1']);
  });
  it('say what was proposed by whom and when, and what became of it', async () => {
    const { statements, verdicts } = await read();
    expect(linesOf(statements)).toEqual([
      { id: '7', text: 'Fair,\nat last', author: '0', proposedAt: '2014-06-18T01:16:54.174Z' },
    ]);
    expect(verdicts).toEqual([{ statement: '7', verdict: 'rejected' }]);
  });
  it('say the votes, which are put in the order of time', async () => {
    const { votes: cast, first, last } = await read();
    expect(linesOf(cast)).toEqual([
      {
        id: '7/1403054214180',
        participant: '0',
        statement: '7',
        vote: 'disagree',
        castAt: '2014-06-18T01:16:54.180Z',
      },
      { id: '7/1403054214200', participant: '1', statement: '7', vote: 'agree', castAt: '2014-06-18T01:16:54.200Z' },
    ]);
    expect([first, last]).toEqual(['2014-06-18T01:16:54.174Z', '2014-06-18T01:16:54.200Z']);
  });
  it('may have a row twice: two events, whose ids are the same at the next import', async () => {
    write('votes.csv', votes('1403054214200,7,1,1', '1403054214200,7,1,1', '1403054214200,7,2,1'));
    const ids = async () => (linesOf((await read()).votes) as { id: string }[]).map(({ id }) => id);
    expect(await ids()).toEqual(['7/1403054214200', '7/1403054214200/2', '7/1403054214200']);
    expect(await ids()).toEqual(await ids());
  });
  it('have a file of names and values', async () =>
    expect((await readNames(polis, join(folder, 'summary.csv'))).get('conversation-description')).toBe(
      'How, and why?',
    ));
  it.each([
    ['timestamp', 'import/a-time-follows-the-time-format', 'yesterday,7,1,1'],
    ['vote', 'import/a-text-is-one-that-the-profile-names', '1403054214200,7,1,2'],
    ['', 'import/a-row-has-as-many-fields-as-the-header', '1403054214200,7,1'],
  ])('have a faulty row reported by its line: %s', async (field, rule, row) => {
    write('votes.csv', votes('1403054214180,7,0,1', row));
    const { votes: cast } = await read();
    expect(cast.faults).toMatchObject([{ line: 3, id: 'votes.csv', field, rule }]);
    expect(cast.lines).toHaveLength(1);
  });
  it('are refused with the names of the columns that are missing', async () => {
    write('votes.csv', 'time,comment-id,voter-id,vote');
    await expect(read()).rejects.toThrow(/votes\.csv has no column 'timestamp'\. Its header has: 'time', /);
  });
  it('are all there', async () => {
    rmSync(join(folder, 'comments.csv'));
    await expect(read()).rejects.toThrow(/comments\.csv cannot be read/);
  });
  it('are in a folder, whose name becomes that of the consultation', async () => {
    expect(consultationName('/data/scoop-hivemind.affordable-housing/')).toBe('scoop-hivemind-affordable-housing');
    const file = join(folder, 'votes.csv');
    await expect(importConversation({ url: 'http://127.0.0.1:9', token: '', profile: polis, file })).rejects.toThrow(
      CommandFailure,
    );
  });
});
