/** Under which key an answer is kept: server and browser must agree. */
import type { Input, RouteName } from "./api.ts";

/** Of one answer. */
export function answerKey<Name extends RouteName>(org: string, route: Name, input: Input<Name>) {
  return [org, route, input] as const;
}

/** Of a list that grows page by page. */
export function pagesKey<Name extends RouteName>(org: string, route: Name, input: Input<Name>) {
  return [org, route, input, "pages"] as const;
}
