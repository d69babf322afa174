/** Dialogs of the frame that every page of an org has, of an agent and of connectors. */
import { choose, type DialogCheck, key, press } from "./page-check.ts";
import { NARROW } from "./sound.ts";

const REFUSED = { refused: "by the database" } as const;

export const SHELL_DIALOGS: readonly DialogCheck[] = [
  {
    ...{ file: "shell/palette.tsx", name: "Search or go to" },
    open: key("ControlOrMeta+k"),
  },
  { file: "shell/shortcut-sheet.tsx", name: "Keys", open: key("?") },
  {
    ...{ file: "shell/person-menu.tsx", name: /sign out/i, role: "menu" },
    open: press(/sign out/i),
  },
  {
    ...{ file: "shell/org-switcher.tsx", name: /Large/, role: "menu" },
    open: press(/Large/),
  },
  {
    ...{ file: "shell/drawer.tsx", name: "Menu", open: press("Menu"), size: NARROW },
  },
];

export const AGENT_DIALOGS: readonly DialogCheck[] = [
  {
    ...{ file: "agents/rename-agent-dialog.tsx", name: /^Rename/, open: press("Rename") },
    ...REFUSED,
  },
  {
    ...{ file: "agents/agent-actions.tsx", name: "Archive checkout?", open: press("Archive") },
    ...REFUSED,
  },
];

export const CONNECTOR_DIALOGS: readonly DialogCheck[] = [
  {
    ...{ file: "connectors/add-dialog.tsx", name: "Add a connector" },
    ...{ open: press("Add a connector"), ...REFUSED },
  },
  {
    ...{ file: "connectors/connector-row.tsx", name: "More about anthropic", role: "menu" },
    open: press("More about anthropic"),
  },
  {
    ...{ file: "connectors/rotate-dialog.tsx", name: "Rotate the credential of anthropic" },
    ...{ open: choose("More about anthropic", "Rotate the credential…"), ...REFUSED },
  },
  {
    ...{ file: "connectors/rename-dialog.tsx", name: /Rename/ },
    ...{ open: choose("More about anthropic", "Rename…"), ...REFUSED },
  },
  {
    ...{ file: "connectors/archive-confirm.tsx", name: "Archive anthropic?" },
    ...{ open: choose("More about anthropic", "Archive…"), ...REFUSED },
  },
];
