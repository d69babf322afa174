/** How answers of the API are kept: fresh for a moment, asked again when the page is looked at again. */
import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api.ts";

const FRESH_MS = 15_000;
const RETRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: mayRetry },
      mutations: { retry: false },
    },
  });
}

/** A refusal stays a refusal; only what failed on the way or on our side is asked again. */
function mayRetry(failures: number, error: Error): boolean {
  const isRefusal = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !isRefusal && failures < RETRIES;
}
