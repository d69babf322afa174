/** What the engine says about a text, as it passes between the page and its worker. */
import type { Issue } from "@yolo/policy/issue";
import type { LongForm } from "@yolo/policy/long-forms";

export interface Judgement {
  /** In reading order. Failing tests are left out: they are judged beside the layers that the server knows. */
  readonly issues: readonly Issue[];
  readonly longForms: readonly LongForm[];
}

export interface Question {
  readonly id: number;
  readonly text: string;
}

export interface Answer extends Judgement {
  readonly id: number;
}
