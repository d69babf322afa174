"use client";

/** Chooses scopes: noun by noun, either everything of it or single permissions. */
import { Checkbox } from "../../ui/checkbox.tsx";
import { nounsOf, toggleScope } from "./scope-choice.ts";

interface Props {
  readonly permissions: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function ScopePicker({ permissions, chosen, onChange }: Props) {
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
      {nounsOf(permissions).map(({ noun, permissions: own }) => {
        const all = `${noun}:*`;
        return (
          <fieldset key={noun} className="flex min-w-0 flex-col gap-0.5">
            <legend className="mb-1 font-medium text-sm">{noun.replaceAll("-", " ")}</legend>
            {own.length > 1 && (
              <Checkbox
                label={<code className="text-xs">{all}</code>}
                checked={chosen.includes(all)}
                onCheckedChange={() => onChange(toggleScope(chosen, all))}
              />
            )}
            {own.map((permission) => (
              <Checkbox
                key={permission}
                label={<code className="break-all text-xs">{permission}</code>}
                checked={chosen.includes(all) || chosen.includes(permission)}
                disabled={chosen.includes(all)}
                onCheckedChange={() => onChange(toggleScope(chosen, permission))}
              />
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
