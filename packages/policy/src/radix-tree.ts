/** Keys of text, found by walking a longer text once: every key that the text begins with is met on the way. */

export class RadixTree<Value> {
  readonly #root: Node<Value> = { edge: "", values: [], children: new Map() };

  add(key: string, value: Value): void {
    let node = this.#root;
    let at = 0;
    while (at < key.length) {
      const child = node.children.get(key.charCodeAt(at));
      if (child === undefined) {
        const leaf: Node<Value> = { edge: key.slice(at), values: [value], children: new Map() };
        node.children.set(key.charCodeAt(at), leaf);
        return;
      }
      const shared = sharedLength(child.edge, key, at);
      if (shared < child.edge.length) split(child, shared);
      node = child;
      at += shared;
    }
    node.values.push(value);
  }

  /**
   * Calls `visit` for each value whose key `text` has at `start`.
   * Returns a value whose key has as much as any of what `text` has there, or `undefined` in an empty tree.
   */
  walk(text: string, start: number, visit: (value: Value) => void): Value | undefined {
    let node = this.#root;
    let at = start;
    for (;;) {
      for (const value of node.values) visit(value);
      const child = node.children.get(text.charCodeAt(at));
      if (child === undefined) return anyValue(node);
      if (!text.startsWith(child.edge, at)) return anyValue(child);
      at += child.edge.length;
      node = child;
    }
  }
}

interface Node<Value> {
  /** The text that leads here from the parent. */
  edge: string;
  values: Value[];
  children: Map<number, Node<Value>>;
}

/** Cuts a node's edge, so that its first `length` characters lead to a node of their own. */
function split<Value>(node: Node<Value>, length: number): void {
  const rest: Node<Value> = { ...node, edge: node.edge.slice(length) };
  node.edge = node.edge.slice(0, length);
  node.values = [];
  node.children = new Map([[rest.edge.charCodeAt(0), rest]]);
}

function sharedLength(edge: string, key: string, at: number): number {
  let length = 0;
  while (length < edge.length && edge.charCodeAt(length) === key.charCodeAt(at + length)) {
    length += 1;
  }
  return length;
}

function anyValue<Value>(start: Node<Value>): Value | undefined {
  let node: Node<Value> | undefined = start;
  while (node !== undefined) {
    if (node.values.length > 0) return node.values[0];
    [node] = node.children.values();
  }
  return undefined;
}
