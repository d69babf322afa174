"use client";

/** What pages need to ask the API and to keep their filters in the address. */
import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState } from "react";
import { createQueryClient } from "./query-client.ts";

export function DataProvider({ children }: { readonly children: React.ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <NuqsAdapter>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </NuqsAdapter>
  );
}
