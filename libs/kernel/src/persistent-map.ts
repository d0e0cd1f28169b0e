type Node = readonly unknown[];

const bits = 5;
const mask = (1 << bits) - 1;

/**
 * Immutable: `with` gives another map, and costs the same however many entries there are. The place of a key is kept once
 * for all maps that came of one another; what each map has at a place is in a tree, of which `with` copies one branch.
 */
export class PersistentMap<Value extends object> implements Iterable<readonly [key: string, Value]> {
  private constructor(
    private readonly places: Map<string, number>,
    private readonly root: Node,
    /** Bits of a place that are looked at below the root. */
    private readonly shift: number,
  ) {}

  static empty<Value extends object>(): PersistentMap<Value> {
    return new PersistentMap(new Map(), [], 0);
  }

  get(key: string): Value | undefined {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.at(place);
  }

  with(key: string, value: Value): PersistentMap<Value> {
    // Whatever begins with nothing keeps its own places: many records begin with one and the same empty map.
    const places = this.root.length === 0 ? new Map<string, number>() : this.places;
    const known = places.get(key);
    const place = known ?? places.size;
    if (known === undefined) places.set(key, place);
    let { root, shift } = this;
    for (; place >>> shift > mask; shift += bits) root = [root];
    return new PersistentMap(places, put(root, shift, place, value), shift);
  }

  *[Symbol.iterator](): Iterator<readonly [key: string, Value]> {
    for (const [key, place] of this.places) {
      const value = this.at(place);
      if (value !== undefined) yield [key, value];
    }
  }

  private at(place: number): Value | undefined {
    if (place >>> this.shift > mask) return undefined;
    let node: Node | undefined = this.root;
    for (let { shift } = this; shift > 0 && node !== undefined; shift -= bits)
      node = node[(place >>> shift) & mask] as Node | undefined;
    return node?.[place & mask] as Value | undefined;
  }
}

function put(node: Node, shift: number, place: number, value: object): Node {
  const copy = node.slice();
  const at = (place >>> shift) & mask;
  copy[at] = shift === 0 ? value : put((node[at] ?? []) as Node, shift - bits, place, value);
  return copy;
}
