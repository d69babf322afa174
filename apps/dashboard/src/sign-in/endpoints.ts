/** Everything below `/api/auth`, in one table: what people do outside any org. */
import type { Endpoint } from "./endpoint.ts";
import { signIn, signOut } from "./enter.ts";

export const ENDPOINTS: { readonly [route: `${"GET" | "POST"} /${string}`]: Endpoint } = {
  "POST /sign-in": signIn,
  "POST /sign-out": signOut,
};
