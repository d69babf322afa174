/** What README.md tells people to type, so that it can be typed. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const CHECKOUT = resolve(import.meta.dirname, "..");

export interface Readme {
  /** Shell blocks in their order, without the one that starts the product and those with a blank to fill in (`…`). */
  readonly shell: readonly string[];
  readonly typescript: string;
  readonly python: string;
  /** The refusal as it is shown. */
  readonly refusal: string;
  /** Every `npm` script it names. */
  readonly scripts: readonly string[];
}

/** The README with the addresses of a running product in place of the usual ones. */
export function readReadme(product: {
  readonly gateway: string;
  readonly dashboard: string;
}): Readme {
  const text = readFileSync(resolve(CHECKOUT, "README.md"), "utf8")
    .replaceAll("http://127.0.0.1:8787", product.gateway)
    .replaceAll("http://127.0.0.1:3000", product.dashboard);
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, code = ""]) => ({
    language,
    code,
  }));
  const [typescript = "", python = ""] = ["ts", "python"].map(
    (wanted) => blocks.find(({ language }) => language === wanted)?.code,
  );
  return {
    shell: blocks
      .filter(({ language, code }) => language === "sh" && !/^npm |…/m.test(code))
      .map(({ code }) => code),
    typescript,
    python,
    refusal: blocks.find(({ code }) => code.includes("API Error"))?.code ?? "",
    scripts: [
      ...new Set(
        [...text.matchAll(/npm (?:run )?(start|test|bench|migrate)\b/g)].map(
          ([, name = ""]) => name,
        ),
      ),
    ],
  };
}
