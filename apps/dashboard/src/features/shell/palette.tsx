"use client";

/** Anything by a few letters: a page, an action, or whatever an id or its beginning belongs to. */
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { CornerDownLeft, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Command } from "./command.ts";
import { PaletteItem } from "./palette-item.tsx";
import { useFound } from "./use-found.ts";
import { useStaticCommands } from "./use-static-commands.tsx";

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly openSheet: () => void;
}

export function Palette({ open, onOpenChange, openSheet }: Props) {
  const [text, setText] = useState("");
  const router = useRouter();
  const change = (next: boolean) => {
    if (!next) setText("");
    onOpenChange(next);
  };
  const run = (command: Command) => {
    change(false);
    if (command.href === undefined) command.run();
    else router.push(command.href);
  };
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label="Search or go to"
          className="-translate-x-1/2 fixed top-[10dvh] left-1/2 z-40 flex max-h-[70dvh] w-[calc(100vw-1.5rem)] max-w-140 flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-popup outline-none"
        >
          <PaletteList text={text} setText={setText} run={run} openSheet={openSheet} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ListProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly run: (command: Command) => void;
  readonly openSheet: () => void;
}

function PaletteList({ text, setText, run, openSheet }: ListProps) {
  const pages = useStaticCommands(text, openSheet);
  const found = useFound(text);
  const groups = [{ value: "Found", items: found.commands }, ...pages].filter(
    ({ items }) => items.length > 0,
  );
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      mode="none"
      value={text}
      onValueChange={setText}
      itemToStringValue={(item: Command) => item.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <Autocomplete.Input
          aria-label="A page, a name, or an id or its beginning"
          placeholder="A page, a name, or an id…"
          className="h-12 w-full bg-transparent text-lg outline-none placeholder:text-muted"
        />
      </div>
      <Dialog.Close className="sr-only">Close</Dialog.Close>
      <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 [scroll-padding-block:0.5rem] empty:p-0">
        {(group: (typeof groups)[number]) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1.5">
            <Autocomplete.GroupLabel className="px-2 py-1 text-muted text-xs">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <PaletteItem key={command.id} command={command} onRun={() => run(command)} />
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <Autocomplete.Empty className="px-4 py-6 text-muted text-sm empty:p-0">
        {found.isAsking ? "Looking…" : `Nothing here is called “${text}”, and no id begins so.`}
      </Autocomplete.Empty>
      <footer className="flex items-center gap-1.5 border-line border-t px-4 py-2 text-muted text-xs">
        <CornerDownLeft aria-hidden="true" className="size-3.5" /> opens what is marked
      </footer>
    </Autocomplete.Root>
  );
}
