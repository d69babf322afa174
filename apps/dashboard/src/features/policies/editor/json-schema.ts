/** Ways through a JSON Schema (draft 2020-12), as far as the policy language's goes. */

export interface SchemaNode {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: { readonly [key: string]: SchemaNode };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: SchemaNode };
}

export interface SchemaKey {
  readonly name: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly node: SchemaNode;
}

/** What may stand at a path; `[]` is an item of a list. Empty where nothing may. */
export function nodesAt(root: SchemaNode, path: readonly string[]): readonly SchemaNode[] {
  let nodes = variants(root, root);
  for (const part of path) nodes = nodes.flatMap((node) => below(root, node, part));
  return nodes;
}

/** The keys of the maps among the nodes, each once. */
export function keysOf(nodes: readonly SchemaNode[]): readonly SchemaKey[] {
  const keys = new Map<string, SchemaKey>();
  for (const { properties = {}, required = [] } of nodes) {
    for (const [name, node] of Object.entries(properties)) {
      const isRequired = required.includes(name);
      keys.set(name, { name, description: descriptionOf(node), isRequired, node });
    }
  }
  return [...keys.values()];
}

/** The values that the nodes name one by one. */
export function valuesOf(nodes: readonly SchemaNode[]): readonly string[] {
  const values = nodes.flatMap((node) => {
    if (node.type === "boolean") return ["true", "false"];
    return node.const === undefined ? (node.enum ?? []) : [node.const];
  });
  return [...new Set(values.map(String))];
}

/** Whether one of the nodes is a map or a list. */
export function holdsMore(nodes: readonly SchemaNode[]): { map: boolean; list: boolean } {
  return {
    map: nodes.some(({ type }) => type === "object"),
    list: nodes.some(({ type }) => type === "array"),
  };
}

function variants(root: SchemaNode, node: SchemaNode, depth = 0): readonly SchemaNode[] {
  if (depth > 8) return [];
  const referred = node.$ref === undefined ? undefined : definition(root, node.$ref);
  if (referred !== undefined) return variants(root, referred, depth + 1);
  if (node.anyOf === undefined) return [node];
  return node.anyOf.flatMap((one) => variants(root, one, depth + 1));
}

function below(root: SchemaNode, node: SchemaNode, part: string): readonly SchemaNode[] {
  if (part === "[]") return node.items === undefined ? [] : variants(root, node.items);
  const { properties = {}, additionalProperties } = node;
  const named = Object.hasOwn(properties, part) ? properties[part] : undefined;
  if (named !== undefined) return variants(root, named);
  return typeof additionalProperties === "object" ? variants(root, additionalProperties) : [];
}

function definition(root: SchemaNode, reference: string): SchemaNode | undefined {
  const name = reference.replace("#/$defs/", "");
  return reference === "#" ? root : root.$defs?.[name];
}

function descriptionOf({ description = "" }: SchemaNode): string {
  return description;
}
