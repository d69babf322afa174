"use client";

/** What keys do on every page of an org, and the palette and the sheet they open. */
import { useRouter } from "next/navigation";
import { createContext, use, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { isTyping } from "../../ui/is-typing.ts";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { usePreload } from "../../ui/use-once-opened.ts";
import { PAGES } from "./pages.ts";

// Both come when the page has nothing else to do: neither is part of what a page waits for.
const loadPalette = () => import("./palette.tsx");
const loadSheet = () => import("./shortcut-sheet.tsx");
const Palette = lazyDialog(async () => (await loadPalette()).Palette);
const ShortcutSheet = lazyDialog(async () => (await loadSheet()).ShortcutSheet);
const loadBoth = () => Promise.all([loadPalette(), loadSheet()]);

interface CommandsContext {
  openPalette(): void;
}

const Context = createContext<CommandsContext | undefined>(undefined);

export function useCommands(): CommandsContext {
  const commands = use(Context);
  if (commands === undefined) throw new Error("useCommands is for pages of an org");
  return commands;
}

type Opened = "palette" | "sheet" | undefined;

/** How long after `g` the next key names a page. */
const JUMP_MS = 1_200;

export function Commands({ children }: { readonly children: React.ReactNode }) {
  const [opened, setOpened] = useState<Opened>();
  const [wasOpened, setWasOpened] = useState({ palette: false, sheet: false });
  const open = (what: "palette" | "sheet") => {
    setWasOpened((before) => ({ ...before, [what]: true }));
    setOpened(what);
  };
  const jump = useJump();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.shiftKey) {
      event.preventDefault();
      if (opened === "palette") setOpened(undefined);
      else open("palette");
      return;
    }
    if (!isForThePage(event)) return;
    if (event.key === "?") open("sheet");
    else if (event.key === "/") focusSearch(() => open("palette"));
    else if (!jump(event.key)) return;
    event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  usePreload(loadBoth);
  const commands = useMemo(
    () => ({
      openPalette() {
        setWasOpened((before) => ({ ...before, palette: true }));
        setOpened("palette");
      },
    }),
    [],
  );
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpened(undefined);
  };
  return (
    <Context value={commands}>
      {children}
      {wasOpened.palette && (
        <Palette
          open={opened === "palette"}
          onOpenChange={onOpenChange}
          openSheet={() => open("sheet")}
        />
      )}
      {wasOpened.sheet && <ShortcutSheet open={opened === "sheet"} onOpenChange={onOpenChange} />}
    </Context>
  );
}

/** Not while something is typed, chosen from a menu or asked in a dialog, and not what the browser knows. */
function isForThePage(event: KeyboardEvent): boolean {
  const hasModifier = event.metaKey || event.ctrlKey || event.altKey;
  if (hasModifier || event.defaultPrevented || isTyping(event)) return false;
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") === null;
}

/** The page's own search; where it has none, the palette. */
function focusSearch(otherwise: () => void): void {
  const search = document.querySelector<HTMLElement>("main input[type=search]");
  if (search === null) otherwise();
  else search.focus();
}

/** `g` and then a page's key goes there. Answers whether the key was one of the two. */
function useJump(): (key: string) => boolean {
  const router = useRouter();
  const { slug } = useOrg();
  const startedAt = useRef(Number.NEGATIVE_INFINITY);
  return (key) => {
    const isSecond = performance.now() - startedAt.current < JUMP_MS;
    startedAt.current = Number.NEGATIVE_INFINITY;
    const page = isSecond ? PAGES.find((candidate) => candidate.key === key) : undefined;
    if (page !== undefined) {
      router.push(`/${slug}${page.path}`);
      return true;
    }
    if (key !== "g") return false;
    startedAt.current = performance.now();
    return true;
  };
}
