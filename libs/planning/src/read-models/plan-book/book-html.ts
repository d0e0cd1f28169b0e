import { createHash } from 'node:crypto';
import type { Block, PrintedBook } from './book-tables.js';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Every text of the page goes through here. */
const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => escapes[character]!);

const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; display: block; padding: .5rem 1rem; }
main { max-width: 75rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 1rem 0; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 2.5rem 0 .75rem; border-top: .125rem solid #1a1a1a; padding-top: .75rem; }
h3 { font-size: 1.1875rem; margin: 1.5rem 0 .5rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1.5rem; margin: 0 0 1.5rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: 0 0 1.5rem; }
:focus-visible { outline: .1875rem solid #0b57d0; outline-offset: .125rem; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: .0625rem solid #767676; }
thead th { border-bottom-width: .125rem; }
tbody th { font-weight: 400; min-width: 14rem; }
td { font-variant-numeric: tabular-nums; }
.short { white-space: nowrap; }
@media (max-width: 40rem) { dl { display: block; } dd { margin-bottom: .5rem; } main { padding: 1rem; } }
@media print {
  @page { size: A4 landscape; margin: 15mm; }
  body { font-size: 9pt; }
  .skip { display: none; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  table { font-size: 8pt; }
  thead { display: table-header-group; }
  tr, h2, h3 { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  tbody th { min-width: 0; }
}
`;

/** Nothing but this style sheet may run or load on the page. */
export const bookPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Dates, periods and amounts are not broken at their hyphens. */
const cellOf = (cell: string): string =>
  cell.length <= 12 ? `<td class="short">${safe(cell)}</td>` : `<td>${safe(cell)}</td>`;

function html(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${safe(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${safe(block.text)}</p>`;
    case 'table': {
      const head = block.head.map((cell) => `<th scope="col">${safe(cell)}</th>`).join('');
      const rows = block.rows.map(([name = '', ...cells]) => {
        const rest = cells.map(cellOf).join('');
        return `<tr><th scope="row">${safe(name)}</th>${rest}</tr>`;
      });
      // A table that is wider than the page is scrolled on its own, by keys too.
      return (
        `<div class="wide" role="region" tabindex="0" aria-label="${safe(block.caption)}">` +
        `<table><caption>${safe(block.caption)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
      );
    }
  }
}

/** A page that stands alone: no script, no link outside, readable without its style and printable. */
export function bookInHtml({ title, facts, blocks }: PrintedBook): string {
  const list = facts.map(([name, value]) => `<dt>${safe(name)}</dt><dd>${safe(value)}</dd>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#plan">Skip to the plan</a>
<main id="plan">
<h1>${safe(title)}</h1>
<dl>
${list}
</dl>
${blocks.map(html).join('\n')}
</main>
</body>
</html>
`;
}
