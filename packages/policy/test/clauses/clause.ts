/** A clause of the engine, with an edit that takes it away. */

export interface Clause {
  readonly name: string;
  /** Package and file. */
  readonly file: `${"core" | "policy"}/${string}`;
  /** Text that stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}
