/** Which documents an agent is under, and how they are grouped: the ordinary ones together, each boundary alone. */
import type { CompiledDocument } from "./compiled-rule.ts";
import type { Subject } from "./engine.ts";

export interface Selection {
  /** By document index. */
  readonly applies: readonly boolean[];
  /** By group. */
  readonly groups: readonly SelectedGroup[];
}

export interface SelectedGroup {
  /** Whether any document of the group applies. */
  readonly isPresent: boolean;
  /** Whether one of those is enforced. */
  readonly isEnforced: boolean;
}

/** The documents that apply to an agent; remembers the last agent, since one asks often. */
export class Selector {
  readonly #documents: readonly CompiledDocument[];
  #last:
    | { readonly name: string; readonly project: string; readonly selection: Selection }
    | undefined;

  constructor(documents: readonly CompiledDocument[]) {
    this.#documents = documents;
  }

  select({ agent }: Subject): Selection {
    const last = this.#last;
    if (last?.name === agent.name && last.project === agent.project) return last.selection;
    const applies = this.#documents.map(({ appliesTo }) => appliesTo?.(agent) ?? true);
    const present = this.#documents.filter(({ index }) => applies[index]);
    const groups = Math.max(0, ...this.#documents.map(({ group }) => group)) + 1;
    const selection = {
      applies,
      groups: Array.from({ length: groups }, (_, group) => {
        const members = present.filter((document) => document.group === group);
        return {
          isPresent: members.length > 0,
          isEnforced: members.some(({ isEnforced }) => isEnforced),
        };
      }),
    };
    this.#last = { name: agent.name, project: agent.project, selection };
    return selection;
  }
}
