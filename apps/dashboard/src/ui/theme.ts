/** Which theme a person chose, kept in a cookie so that the first byte of a page is already right. */

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = "theme";

/** Anything that is no theme is `system`: then the style sheet follows the device by itself. */
export function readTheme(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? "system";
}
