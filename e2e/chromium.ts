/** Which browser the journeys drive: the distribution's Chromium, or another that is installed. Nothing is downloaded. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Keeps it from asking anybody anything, and lets it run as root and without a screen. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The `use` part of Playwright's configuration: CHROMIUM_PATH, else the PATH, else where Chrome usually lies. */
export function chromiumOptions(env: Readonly<Record<string, string | undefined>>) {
  const { CHROMIUM_PATH, PATH = "" } = env;
  const path = CHROMIUM_PATH || findOnPath(PATH);
  return path === undefined
    ? { channel: "chrome", launchOptions: { args: FLAGS } }
    : { launchOptions: { executablePath: path, args: FLAGS } };
}

function findOnPath(path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
