"use client";

/** Which keys do what. */
import { Dialog } from "../../ui/dialog.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { PAGES } from "./pages.ts";

type Shortcut = readonly [keys: readonly string[], does: string];

const ANYWHERE: readonly Shortcut[] = [
  [["⌘", "K"], "Search, or go anywhere"],
  [["?"], "Show these keys"],
  [["/"], "Search in the page"],
  [["Esc"], "Close what is on top"],
];

const IN_LISTS: readonly Shortcut[] = [
  [["j"], "Next row"],
  [["k"], "Row before"],
  [["Enter"], "Open the row"],
  [["Home"], "First row"],
  [["End"], "Last row"],
];

const JUMPS: readonly Shortcut[] = PAGES.map(({ key, label }) => [["g", key], label]);

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ShortcutSheet({ open, onOpenChange }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description="On Windows and Linux, Ctrl stands for ⌘."
    >
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        <div className="flex flex-col gap-5">
          <Group title="Anywhere" shortcuts={ANYWHERE} />
          <Group title="In lists" shortcuts={IN_LISTS} />
        </div>
        <Group title="Go to" shortcuts={JUMPS} />
      </div>
    </Dialog>
  );
}

interface GroupProps {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

function Group({ title, shortcuts }: GroupProps) {
  return (
    <section>
      <h3 className="mb-1 font-medium text-muted text-xs">{title}</h3>
      <dl className="text-sm">
        {shortcuts.map(([keys, does]) => (
          <div key={does} className="flex min-h-8 items-center justify-between gap-4">
            <dt>{does}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
