"use client";

/** One line of the palette. */
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Kbd } from "../../ui/kbd.tsx";
import type { Command } from "./command.ts";

interface Props {
  readonly command: Command;
  readonly onRun: () => void;
}

export function PaletteItem({ command, onRun }: Props) {
  const Icon = command.icon;
  return (
    <Autocomplete.Item
      value={command}
      onClick={onRun}
      className="flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-md px-2 text-sm outline-none data-highlighted:bg-hover coarse:min-h-11"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 truncate">{command.label}</span>
      {command.detail !== undefined && (
        <span className="min-w-0 flex-1 truncate text-muted text-xs">{command.detail}</span>
      )}
      {command.keys !== undefined && (
        <span aria-hidden="true" className="ml-auto flex gap-1">
          {command.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Autocomplete.Item>
  );
}
