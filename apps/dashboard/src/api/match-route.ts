/** Which route of the table a request means. */
import { AppError } from "@yolo/core/errors";
import { ROUTES, type Route } from "./routes.ts";

export interface Match {
  /** As it stands in the table: `GET /policies/{id}`. */
  readonly pattern: string;
  readonly route: Route;
  readonly params: { readonly [name: string]: string };
}

interface Pattern {
  readonly pattern: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly route: Route;
}

const PATTERNS: readonly Pattern[] = Object.entries(ROUTES).map(([pattern, route]) => {
  const [method = "", path = ""] = pattern.split(" ");
  return { pattern, method, segments: path.slice(1).split("/"), route };
});

/** A HEAD means what the GET would. Throws `not_found` for an unknown path, `method_not_allowed` for a wrong method. */
export function matchRoute(method: string, segments: readonly string[]): Match {
  const here = matchesAt(segments);
  const asked = method === "HEAD" ? "GET" : method;
  const found = here.find(({ pattern }) => pattern.method === asked);
  if (found === undefined) {
    const allow = methodsAt(segments);
    throw new AppError("method_not_allowed", {
      message: `This path takes ${allow.join(", ")}, not ${method}.`,
      facts: { allow },
    });
  }
  const { pattern, route } = found.pattern;
  return { pattern, route, params: found.params };
}

/** What may be sent to a path. Throws `not_found` for an unknown one. */
export function methodsAt(segments: readonly string[]): readonly string[] {
  const methods = matchesAt(segments).map(({ pattern }) => pattern.method);
  return [
    ...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])),
    "OPTIONS",
  ];
}

function matchesAt(segments: readonly string[]) {
  const here = PATTERNS.flatMap((pattern) => {
    const params = paramsOf(pattern.segments, segments);
    return params === undefined ? [] : [{ pattern, params }];
  });
  if (here.length > 0) return here;
  throw new AppError("not_found", {
    message: `There is nothing at /api/v1/${segments.join("/")}. See /api/v1/openapi.json.`,
  });
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): { readonly [name: string]: string } | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: { [name: string]: string } = {};
  for (const [index, expected] of pattern.entries()) {
    const given = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name !== undefined) params[name] = given;
    else if (given !== expected) return undefined;
  }
  return params;
}
