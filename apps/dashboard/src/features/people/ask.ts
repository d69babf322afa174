/** Calls of the endpoints below `/api/auth`, from the browser. */
import { ApiError } from "../../data/api.ts";

interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly facts?: { readonly [name: string]: unknown };
  readonly requestId?: string;
  readonly docs?: string;
}

/** The parsed answer. Throws `ApiError`, also when no answer came. */
export async function ask(
  route: `${"GET" | "POST"} /${string}`,
  input: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const [method = "", path = ""] = route.split(" ");
  const response = await send(method, `/api/auth${path}`, input);
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  const { code, message, facts, requestId, docs }: Refusal = body?.error ?? {};
  throw new ApiError({
    code: code ?? "internal_error",
    message: message ?? "Something failed on our side. Try again.",
    facts,
    requestId: requestId ?? response.headers.get("x-request-id") ?? "",
    docs,
    status: response.status,
  });
}

async function send(method: string, url: string, input: object): Promise<Response> {
  const sent = method === "POST" && {
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  };
  try {
    return await fetch(url, { method, ...sent });
  } catch {
    throw new ApiError({
      code: "unreachable",
      message: "No answer came. Check your connection, then try again.",
      requestId: "",
      docs: undefined,
      status: 0,
    });
  }
}
