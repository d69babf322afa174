import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "./markdown.tsx";

function render(text: string): string {
  return renderToStaticMarkup(createElement(Markdown, { text }));
}

test("a document becomes headings, lists, tables and code", () => {
  const html = render(
    "# One two\n\n- a\n- `b`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\ncode <x>\n```\n",
  );
  expect(html).toBe(
    '<h1 id="one-two">One two</h1><ul><li>a</li><li><code>b</code></li></ul>' +
      '<div tabindex="0"><table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>' +
      '<pre tabindex="0"><code>code &lt;x&gt;</code></pre>',
  );
});

test("a heading that begins with code is found by that code", () => {
  expect(render("## `not_found` (404)")).toBe(
    '<h2 id="not_found"><code>not_found</code> (404)</h2>',
  );
});

test("links between documents lead to their pages; files of the checkout are no links", () => {
  expect(render("[e](errors.md#denied)")).toContain('href="/docs/errors#denied"');
  expect(render("[e](./errors.md)")).toContain('href="/docs/errors"');
  expect(render("[e](https://example.com/)")).toContain('href="https://example.com/"');
  expect(render("[e](../prisma/seed.ts)")).toBe("<p>e</p>");
});

test.for([
  "<script>alert(1)</script>",
  "a <img src=x onerror=alert(1)> b",
  "[x](javascript:alert(1))",
  "[x](//evil.example)",
  "![x](https://evil.example/pixel.png)",
  "<a href='javascript:alert(1)'>x</a>",
])("nothing of %s can run or load", (text) => {
  expect(render(text)).not.toMatch(/<(script|img|a)\b/);
});
