/** Turns of a conversation. Every word of them is a text node: nothing an agent writes is ever markup. */
import { Brain, SquareTerminal, Undo2 } from "lucide-react";
import type { Turn } from "./use-record.ts";

type Block = Turn["blocks"][number];

const WHO: { readonly [role: string]: string } = { user: "User", assistant: "Model" };

export function Turns({ turns }: { readonly turns: readonly Turn[] }) {
  return (
    <ol className="flex flex-col gap-2">
      {numbered(turns).map(({ item: turn, key }) => (
        <li key={key} className="min-w-0 rounded-lg border border-line bg-page px-3 py-2">
          <p className="mb-1 font-medium text-muted text-xs">{WHO[turn.role] ?? turn.role}</p>
          <div className="flex flex-col gap-2">
            {numbered(turn.blocks).map(({ item, key: place }) => (
              <BlockView key={place} block={item} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What was said stays in its order: the place is what it is known by. */
function numbered<Item>(items: readonly Item[]) {
  return items.map((item, place) => ({ item, key: String(place) }));
}

function BlockView({ block }: { readonly block: Block }) {
  const cut = block.cut && (
    <p className="text-muted text-xs">Cut here. The whole of it stands under Raw.</p>
  );
  switch (block.type) {
    case "text":
      return (
        <div>
          <Text text={block.text} />
          {cut}
        </div>
      );
    case "thinking":
      return (
        <Marked icon={<Brain aria-hidden="true" />} title="Thinking">
          <Text text={block.text} quiet />
          {cut}
        </Marked>
      );
    case "tool_use":
      return (
        <Marked icon={<SquareTerminal aria-hidden="true" />} title={`Calls ${block.name}`}>
          <Code text={block.text} />
          {cut}
        </Marked>
      );
    case "tool_result":
      return (
        <Marked
          icon={<Undo2 aria-hidden="true" />}
          title={block.isError ? "The tool failed" : "The tool answered"}
          bad={block.isError}
        >
          <Code text={block.text} />
          {cut}
        </Marked>
      );
    case "other":
      return <Code text={block.text} />;
  }
}

interface MarkedProps {
  readonly icon: React.ReactNode;
  readonly title: string;
  readonly bad?: boolean;
  readonly children: React.ReactNode;
}

function Marked({ icon, title, bad = false, children }: MarkedProps) {
  return (
    <div className="border-line border-l-2 pl-2.5">
      <p
        className={`mb-0.5 flex items-center gap-1.5 font-medium text-xs [&_svg]:size-3.5 ${bad ? "text-bad" : "text-muted"}`}
      >
        {icon} {title}
      </p>
      {children}
    </div>
  );
}

function Text({ text, quiet = false }: { readonly text: string; readonly quiet?: boolean }) {
  return (
    <p
      className={`max-h-80 overflow-y-auto whitespace-pre-wrap text-sm [overflow-wrap:anywhere] ${quiet ? "text-muted" : ""}`}
    >
      {text}
    </p>
  );
}

function Code({ text }: { readonly text: string }) {
  return (
    <pre className="max-h-80 overflow-y-auto whitespace-pre-wrap rounded-md bg-well px-2 py-1.5 text-xs leading-5 [overflow-wrap:anywhere]">
      <code>{text}</code>
    </pre>
  );
}
