import type { Block, PrintedBook } from './book-tables.js';

/** Everything that Markdown or a browser would take for more than text is escaped; lines are joined. */
const safe = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+\-.!|~]/g, String.raw`\$&`);

const row = (cells: readonly string[]): string => `| ${cells.map(safe).join(' | ')} |`;

function markdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${safe(block.text)}`;
    case 'paragraph':
      return safe(block.text);
    case 'table': {
      const rule = `| ${block.head.map(() => '---').join(' | ')} |`;
      return [`**${safe(block.caption)}**`, '', row(block.head), rule, ...block.rows.map(row)].join('\n');
    }
  }
}

/** CommonMark with the tables of GitHub's dialect. */
export function bookInMarkdown({ title, facts, blocks }: PrintedBook): string {
  const list = facts.map(([name, value]) => `- **${safe(name)}:** ${safe(value)}`).join('\n');
  return `${[`# ${safe(title)}`, list, ...blocks.map(markdown)].join('\n\n')}\n`;
}
