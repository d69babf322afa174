"use client";

/** Where toasts appear. */
import { Toast as Base } from "@base-ui/react/toast";
import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { buttonClass } from "./button-style.ts";
import type { ToastText } from "./toast.tsx";

const SHOWN_MS = 5_000;
const SHOWN_WITH_ACTION_MS = 10_000;

/** `texts` only grows; each is shown once. */
export function ToastViewport({ texts }: { readonly texts: readonly ToastText[] }) {
  return (
    <Base.Provider limit={3}>
      <Adder texts={texts} />
      <Base.Portal>
        <Base.Viewport className="fixed right-3 bottom-3 z-50 flex w-[calc(100vw-1.5rem)] max-w-90 flex-col gap-2 outline-none sm:right-5 sm:bottom-5">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Adder({ texts }: { readonly texts: readonly ToastText[] }) {
  const { add } = Base.useToastManager();
  const shown = useRef(0);
  useEffect(() => {
    const fresh = texts.slice(shown.current);
    shown.current = texts.length;
    for (const { title, description, kind = "info", action } of fresh) {
      add({
        title,
        description,
        type: kind,
        priority: kind === "bad" ? "high" : "low",
        timeout: action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS,
        ...(action && { actionProps: { children: action.label, onClick: action.onSelect } }),
      });
    }
  }, [texts, add]);
  return null;
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      swipeDirection="right"
      className="rounded-lg border border-line bg-raised shadow-popup transition-[opacity,translate] duration-150 data-ending-style:translate-y-2 data-starting-style:translate-y-2 data-limited:hidden data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Base.Content className="flex items-start gap-2.5 py-2.5 pr-1.5 pl-3">
        <KindIcon kind={toast.type} />
        <div className="min-w-0 flex-1 py-px">
          <Base.Title className="font-medium text-sm" />
          <Base.Description className="break-words text-muted text-xs" />
          <Base.Action className={clsx(buttonClass("secondary", "sm"), "mt-2")} />
        </div>
        <Base.Close aria-label="Dismiss" className={buttonClass("ghost", "icon-sm")}>
          <X aria-hidden="true" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}

function KindIcon({ kind }: { readonly kind: string | undefined }) {
  const shared = "mt-0.5 size-4 shrink-0";
  if (kind === "good")
    return <CircleCheck aria-hidden="true" className={clsx(shared, "text-good")} />;
  if (kind === "bad")
    return <CircleAlert aria-hidden="true" className={clsx(shared, "text-bad")} />;
  return <Info aria-hidden="true" className={clsx(shared, "text-muted")} />;
}
