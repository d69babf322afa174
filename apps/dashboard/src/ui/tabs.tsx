"use client";

/** Parts of a page of which one is shown. Where a part has an address of its own, keep `value` there. */
import { Tabs as Base } from "@base-ui/react/tabs";

export interface Tab {
  readonly value: string;
  readonly label: React.ReactNode;
  readonly content: React.ReactNode;
}

interface Props {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

export function Tabs({ label, tabs, value, onValueChange }: Props) {
  return (
    <Base.Root value={value} onValueChange={(next) => onValueChange(String(next))}>
      <Base.List
        aria-label={label}
        className="relative flex gap-4 overflow-x-auto border-line border-b [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="h-9 shrink-0 rounded-sm px-0.5 font-medium text-muted text-sm outline-offset-[-2px] hover:text-text data-active:text-text coarse:h-11"
          >
            {tab.label}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-fill transition-[translate,width] duration-150" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-5 outline-offset-4">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
