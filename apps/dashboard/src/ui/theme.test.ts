import { expect, test } from "vitest";
import { readTheme, THEMES } from "./theme.ts";

test("a theme is believed, anything else follows the device", () => {
  for (const theme of THEMES) expect(readTheme(theme)).toBe(theme);
  for (const odd of [undefined, "", "DARK", "dark;x", "<script>"]) {
    expect(readTheme(odd)).toBe("system");
  }
});
