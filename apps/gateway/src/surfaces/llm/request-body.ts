/** Reads what we judge of a request body, strictly: absent or of the kind we expect, else refused. */
import { AppError } from "@yolo/core/errors";
import type { JsonDocument, Members, Span } from "@yolo/inspect/json";

/** Visible ASCII that no path or glob reads as its own: models and types of tools. */
const WORD = /^[A-Za-z0-9][A-Za-z0-9._:@[\]-]{0,199}$/;

/** A member that is text; undefined where absent or null. */
export function text(document: JsonDocument, members: Members, name: string): string | undefined {
  const span = present(document, members, name);
  if (span === undefined) return undefined;
  const value = document.kindOf(span) === "string" ? document.parse(span) : null;
  if (typeof value !== "string") throw malformed(`${name} must be text.`);
  return value;
}

/** A member that is a word: it becomes part of a resource. */
export function word(document: JsonDocument, members: Members, name: string): string | undefined {
  const value = text(document, members, name);
  if (value === undefined || WORD.test(value)) return value;
  throw malformed(`${name} must be a plain name, without spaces, slashes or wildcards.`);
}

/** A member that counts something. */
export function count(document: JsonDocument, members: Members, name: string): number | undefined {
  const span = present(document, members, name);
  if (span === undefined) return undefined;
  const value = document.kindOf(span) === "number" ? document.parse(span) : null;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw malformed(`${name} must be a positive whole number.`);
}

/** A member that is true or false; false where absent or null. */
export function flag(document: JsonDocument, members: Members, name: string): boolean {
  const span = present(document, members, name);
  if (span === undefined) return false;
  if (document.kindOf(span) !== "boolean") throw malformed(`${name} must be true or false.`);
  return document.parse(span) === true;
}

/** A top-level member that is a list; undefined where absent or null. */
export function list(document: JsonDocument, name: string): readonly Span[] | undefined {
  const span = present(document, document.members, name);
  if (span === undefined) return undefined;
  if (document.kindOf(span) !== "array") throw malformed(`${name} must be a list.`);
  return document.elements(name) ?? document.elementsOf(span);
}

/** A top-level list of objects, none with a key that stands in it twice; empty where absent or null. */
export function objects(document: JsonDocument, name: string): readonly Members[] {
  return (list(document, name) ?? []).map((span) => {
    if (document.kindOf(span) !== "object") throw malformed(`${name} must be a list of objects.`);
    return document.membersOf(span);
  });
}

export function malformed(message: string): AppError {
  return new AppError("malformed_request", { message });
}

function present(document: JsonDocument, members: Members, name: string): Span | undefined {
  const span = members.get(name)?.value;
  return span === undefined || document.kindOf(span) === "null" ? undefined : span;
}
