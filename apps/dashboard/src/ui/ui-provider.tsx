"use client";

/** What the components of every page share. */
import { NonceProvider } from "./nonce.tsx";
import { ToastProvider } from "./toast.tsx";

interface Props {
  readonly nonce: string;
  readonly children: React.ReactNode;
}

export function UiProvider({ nonce, children }: Props) {
  return (
    <NonceProvider nonce={nonce}>
      <ToastProvider>{children}</ToastProvider>
    </NonceProvider>
  );
}
