"use client";

/** The nonce of this page's content policy, for what must make style elements of its own. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { createContext, use } from "react";

const NonceContext = createContext("");

/** Empty where the page has no policy. */
export function useNonce(): string {
  return use(NonceContext);
}

interface Props {
  readonly nonce: string;
  readonly children: React.ReactNode;
}

export function NonceProvider({ nonce, children }: Props) {
  return (
    <NonceContext value={nonce}>
      <CSPProvider nonce={nonce}>{children}</CSPProvider>
    </NonceContext>
  );
}
