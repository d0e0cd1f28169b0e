import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');

function run(tool: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const loader = join('tools', 'typescript.mjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `./${loader}`, join('tools', `${tool}.ts`), ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  return { status, stdout, stderr };
}

describe('npm run where', () => {
  it('finds a rule by its words in any order, with its place and its specs', () => {
    const { stdout, status } = run('where', ['registered agency', 'ONCE']);
    expect(stdout).toMatch(
      /^An agency is registered once, under one name and time zone\.\n {2}agency\/an-agency-is-registered-once\n {2}libs\/directory\/src\/agency\/agency\.rules\.ts:\d+\n {2}spec {2}libs\/directory\/src\/agency\/register-agency\/register-agency\.spec\.ts:\d+ {2}An agency is registered once/,
    );
    expect(status).toBe(0);
  });
  it('says so when there is none', () => {
    const { status, stderr } = run('where', ['agency on the moon']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('docs/reference/rules.md') });
  });
});

describe('npm run new-slice', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'new-slice-'));
    const noun = join('libs', 'directory', 'src', 'agency');
    cpSync(join(root, noun), join(copy, noun), { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  it('writes slices that compile', () => {
    const command = run('new-slice', ['command', 'directory/agency/close-agency'], { LEDGER_SOURCES: copy });
    const view = run('new-slice', ['read-model', 'directory/agency-board', 'agency'], { LEDGER_SOURCES: copy });
    expect([command.stderr, view.stderr]).toEqual(['', '']);
    const written = `${command.stdout}${view.stdout}`.split('\n').filter((line) => line.startsWith('libs/'));
    expect(written).toHaveLength(6);
    expect(complaints(written)).toEqual([]);
  });
  it('overwrites nothing', () => {
    const { status, stderr } = run('new-slice', ['command', 'directory/agency/register-agency'], {
      LEDGER_SOURCES: copy,
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'libs/directory/src/agency/register-agency is there already.\n',
    });
  });
  it('asks for the noun first', () => {
    const { status, stderr } = run('new-slice', ['command', 'directory/moon/land'], { LEDGER_SOURCES: copy });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('moon.state.ts is not there') });
  });

  /** What the compiler says about the new files, as if they stood in the sources. */
  function complaints(written: readonly string[]): readonly string[] {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
    const { options } = ts.parseJsonConfigFileContent(
      { ...(config as object), include: [], files: ['x.ts'] },
      ts.sys,
      root,
    );
    const host = ts.createCompilerHost(options);
    const fileIn = (path: string): string => {
      const within = path.replace(`${root}/`, '');
      return written.includes(within) ? join(copy, within) : path;
    };
    host.directoryExists = undefined;
    host.fileExists = (path) => existsSync(fileIn(path));
    host.readFile = (path) => ts.sys.readFile(fileIn(path));
    const program = ts.createProgram(
      written.map((path) => join(root, path)),
      options,
      host,
    );
    return written.flatMap((path) => {
      const file = program.getSourceFile(join(root, path))!;
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    });
  }
});
