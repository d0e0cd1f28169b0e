const longest = 200;
const longestValue = 60;

/** What an event says, in one short line: `caseRef=101002, closedAt=2011-07-05T10:00:00-04:00, bands=[3]`. */
export function changeIn(data: object): string {
  let line = '';
  for (const [name, value] of Object.entries(data) as [string, unknown][]) {
    if (value === undefined) continue;
    line += `${line === '' ? '' : ', '}${name}=${shown(value)}`;
    if (line.length > longest) return `${line.slice(0, longest)}…`;
  }
  return line;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (value !== null && typeof value === 'object') {
    const inner = Object.entries(value).map(([name, one]) => `${name}:${typeof one === 'object' ? '…' : String(one)}`);
    return cut(`{${inner.join(' ')}}`);
  }
  return cut(String(value));
}

const cut = (text: string): string => (text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
