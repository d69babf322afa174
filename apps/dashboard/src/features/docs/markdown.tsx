/** Markdown as elements. HTML in the text is shown as text: nothing of a document can run. */
import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { createElement, Fragment } from "react";

/** What scrolls must be reachable by keyboard. */
const SCROLLABLE = { tabIndex: 0 } as const;

export function Markdown({ text }: { readonly text: string }) {
  return renderAll(lexer(text));
}

function renderAll(tokens: readonly Token[] = []): React.ReactNode {
  return sequence(tokens.filter(isKnown).map(renderToken));
}

/** Nodes whose order never changes, so that they need no keys. */
function sequence(nodes: readonly React.ReactNode[]): React.ReactNode {
  return createElement(Fragment, null, ...nodes);
}

/** Without extensions the lexer makes no other types. */
function isKnown(token: Token): token is MarkedToken {
  return token.type !== "generic";
}

function renderToken(token: MarkedToken): React.ReactNode {
  switch (token.type) {
    case "heading":
      return renderHeading(token);
    case "paragraph":
      return <p>{renderAll(token.tokens)}</p>;
    case "blockquote":
      return <blockquote>{renderAll(token.tokens)}</blockquote>;
    case "list":
      return renderList(token);
    case "list_item":
      return <li>{renderAll(token.tokens)}</li>;
    case "code":
      return (
        <pre {...SCROLLABLE}>
          <code>{token.text}</code>
        </pre>
      );
    case "table":
      return renderTable(token);
    case "hr":
      return <hr />;
    case "strong":
      return <strong>{renderAll(token.tokens)}</strong>;
    case "em":
      return <em>{renderAll(token.tokens)}</em>;
    case "del":
      return <del>{renderAll(token.tokens)}</del>;
    case "codespan":
      return <code>{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return renderLink(token);
    case "text":
      return "tokens" in token && token.tokens ? renderAll(token.tokens) : token.text;
    case "escape":
      return token.text;
    case "space":
    case "def":
      return null;
    default:
      return token.raw;
  }
}

function renderHeading(token: Tokens.Heading): React.ReactNode {
  const Tag = (["h1", "h2", "h3", "h4", "h5", "h6"] as const)[token.depth - 1] ?? "h6";
  return <Tag id={headingId(token)}>{renderAll(token.tokens)}</Tag>;
}

function renderList(token: Tokens.List): React.ReactNode {
  const items = renderAll(token.items);
  return token.ordered ? <ol start={Number(token.start)}>{items}</ol> : <ul>{items}</ul>;
}

function renderTable({ header, rows }: Tokens.Table): React.ReactNode {
  return (
    <div {...SCROLLABLE}>
      <table>
        <thead>
          <tr>{sequence(header.map((cell) => renderCell(cell, "th")))}</tr>
        </thead>
        <tbody>{sequence(rows.map(renderRow))}</tbody>
      </table>
    </div>
  );
}

function renderRow(cells: readonly Tokens.TableCell[]): React.ReactNode {
  return <tr>{sequence(cells.map((cell) => renderCell(cell, "td")))}</tr>;
}

function renderCell({ tokens }: Tokens.TableCell, Cell: "th" | "td"): React.ReactNode {
  return <Cell>{renderAll(tokens)}</Cell>;
}

function renderLink({ href, tokens }: Tokens.Link): React.ReactNode {
  const target = hrefOf(href);
  return target === undefined ? renderAll(tokens) : <a href={target}>{renderAll(tokens)}</a>;
}

/** A heading that begins with code is named by that code; any other as GitHub names it. */
function headingId({ tokens, text }: Tokens.Heading): string {
  const [first] = tokens;
  if (first?.type === "codespan") return first.raw.replaceAll("`", "");
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

/** Links between documents lead to their pages. Undefined for what leads nowhere here: a file, another scheme. */
function hrefOf(href: string): string | undefined {
  if (/^(https?:\/\/|#|\/(?!\/))/.test(href)) return href;
  const document = /^(?:\.\/)?([a-z0-9-]+)\.md(#.*)?$/.exec(href);
  return document === null ? undefined : `/docs/${document[1]}${document[2] ?? ""}`;
}
