// A table is { title, sides: [label], rows: [{ what, figures: { [label]: figure } }] }; a figure is
// { value, unit?, note? }, or { note } where a side cannot do it. `value` is the median of the rounds.
import { median } from '../harness.mjs';

const shown = ({ value, unit = '/s', note }) => {
  const number =
    value === undefined ? '' : `${value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2)}${unit}`;
  return [number, note].filter(Boolean).join(' ');
};

/** The table as docs/performance.md holds it. */
export function printed({ title, sides, rows }) {
  const lines = rows.map(({ what, figures }) => {
    const cells = sides.map((side) => (figures[side] === undefined ? '' : shown(figures[side])));
    return `| ${[what, ...cells].join(' | ')} |`;
  });
  return [title, '', `| | ${sides.join(' | ')} |`, `| --- |${' --- |'.repeat(sides.length)}`, ...lines].join('\n');
}

/**
 * Runs `work(side)` on all sides in turns, because a shared machine changes from second to second, and keeps the round
 * with the median value of each side. `work` answers a figure.
 */
export async function inTurns(what, sides, rounds, work) {
  const tried = Object.fromEntries(sides.map(({ label }) => [label, []]));
  for (let round = 0; round < rounds; round++)
    for (const side of sides) tried[side.label].push(await work(side, round));
  const figures = {};
  for (const [label, all] of Object.entries(tried)) {
    const counted = all.filter(({ value }) => value !== undefined);
    const middle = median(counted.map(({ value }) => value));
    figures[label] = counted.find(({ value }) => value === middle) ?? all[0];
  }
  return { what, figures };
}
