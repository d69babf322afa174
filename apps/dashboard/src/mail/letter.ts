/** The form of every mail: a few sentences, one link, as text and as HTML for 320 pixels and dark screens. */

export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
  /** Why it came, and what to do if it should not have. */
  readonly closing: string;
}

const LINE_LENGTH = 72;

export function renderText({ paragraphs, action, closing }: Letter): string {
  const blocks = paragraphs.map(wrap);
  if (action !== undefined) blocks.push(`${action.label}:\n${action.url}`);
  return `${[...blocks, `-- \n${wrap(closing)}`].join("\n\n")}\n`;
}

/** No image, no font and no script is loaded; colours follow the reader's own light or dark. */
export function renderHtml({ subject, paragraphs, action, closing }: Letter): string {
  const button = action === undefined ? "" : renderAction(action);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #131412 !important; color: #ecebe3 !important; }
  .quiet { color: #a3a397 !important; }
  .rule { border-color: #2c2e29 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:24px 16px;background:#fbfaf7;color:#1b1c18;font:16px/1.5 -apple-system,Segoe UI,Roboto,sans-serif">
<div style="max-width:480px;margin:0 auto">
<p style="margin:0 0 24px;font-weight:600">yologateway</p>
${paragraphs.map((text) => `<p style="margin:0 0 16px">${escaped(text)}</p>`).join("\n")}
${button}
<p class="quiet rule" style="margin:32px 0 0;padding-top:16px;border-top:1px solid #e2dfd4;color:#5f6058;font-size:13px">${escaped(closing)}</p>
</div>
</body>
</html>
`;
}

function renderAction({ label, url }: { readonly label: string; readonly url: string }): string {
  const href = escaped(url);
  return `<p style="margin:24px 0"><a href="${href}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0b5f4f;color:#ffffff;font-weight:600;text-decoration:none">${escaped(label)}</a></p>
<p class="quiet" style="margin:0;color:#5f6058;font-size:13px;word-break:break-all">Or open this address: <a href="${href}" style="color:inherit">${href}</a></p>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** At words, so that no mail program breaks the lines for us. */
function wrap(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE_LENGTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.join("\n");
}
