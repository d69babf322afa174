/** Calls of the sign-in library: its answer with the cookies it sets, or its refusal by code. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";

export type LibraryAnswer =
  | { readonly ok: true; readonly cookies: readonly string[]; readonly body: unknown }
  | { readonly ok: false; readonly code: string };

const refusal = z.object({ code: z.string() });

/** Throws `internal_error` when it fails rather than refuses. */
export async function askLibrary(call: Promise<Response>): Promise<LibraryAnswer> {
  const response = await call;
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, cookies: response.headers.getSetCookie(), body };
  const code = refusal.safeParse(body).data?.code;
  if (response.status < 500 && code !== undefined) return { ok: false, code };
  throw new AppError("internal_error", {
    message: "Signing in failed on our side. Try again in a moment.",
    detail: `the sign-in library answered ${response.status} ${code}`,
  });
}
