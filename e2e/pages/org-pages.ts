/** Pages of an org. */

import { AGENT_DIALOGS, CONNECTOR_DIALOGS, SHELL_DIALOGS } from "./dialogs.ts";
import { choose, type PageCheck, press } from "./page-check.ts";

const ALWAYS_ITS_OWN = { never: "it is about one thing, which is there" };

const NOTHING = "There is nothing here.";
const MISSED = { complains: /\b404\b/ };

/** `refused`, for what changes something. */
const REFUSED = { refused: "by the database" } as const;

export const ORG_PAGES: readonly PageCheck[] = [
  {
    ...{ page: "[org]", path: "/{org}", heading: "Home", error: "reads" },
    empty: { path: "/{quiet}", says: "No agent has made a call yet." },
    dialogs: SHELL_DIALOGS,
  },
  {
    ...{ page: "[org]/start", path: "/{org}/start", heading: "Start", error: "reads" },
    empty: { path: "/{quiet}/start", says: "Waiting for the first call" },
  },
  {
    ...{ page: "[org]/activity", path: "/{org}/activity", heading: "Activity", error: "reads" },
    empty: { path: "/{quiet}/activity", says: "Nothing has been called yet" },
    states: [
      { name: "no match", path: "/{org}/activity?text=zzzzzz", says: "No record matches" },
      { name: "a record beside it", path: "/{org}/activity?record={record}" },
      {
        name: "a filter that is none",
        path: "/{org}/activity?since=nonsense",
        complains: /422/,
      },
    ],
    dialogs: [{ file: "activity/add-filter.tsx", name: "Add a filter", open: press("Filter") }],
  },
  {
    ...{ page: "[org]/records/[id]", path: "/{org}/records/{record}", heading: /./ },
    ...{ error: "reads", empty: ALWAYS_ITS_OWN },
    states: [{ name: "missing", path: "/{org}/records/req_nothing", heading: NOTHING, ...MISSED }],
  },
  {
    ...{ page: "[org]/sessions", path: "/{org}/sessions", heading: "Sessions", error: "reads" },
    empty: { path: "/{quiet}/sessions", says: "No agent has run yet" },
    states: [
      { name: "no match", path: "/{org}/sessions?session=zzzzzzzz", says: "No session matches" },
    ],
  },
  {
    ...{ page: "[org]/sessions/[id]", path: "/{org}/sessions/{session}", heading: /Session/ },
    ...{ error: "reads", empty: ALWAYS_ITS_OWN },
    states: [{ name: "missing", path: "/{org}/sessions/ses_nothing", heading: NOTHING, ...MISSED }],
  },
  {
    ...{ page: "[org]/agents", path: "/{org}/agents", heading: "Agents", error: "reads" },
    empty: { path: "/{quiet}/agents", says: "No agents yet" },
    states: [
      { name: "none archived", path: "/{org}/agents?show=archived", says: "Nothing is archived" },
      { name: "no match", path: "/{org}/agents?text=zzzz", says: "No agent matches" },
    ],
    dialogs: [
      {
        file: "agents/new-agent-dialog.tsx",
        name: "New agent",
        open: press("New agent"),
        ...REFUSED,
      },
    ],
  },
  {
    ...{ page: "[org]/agents/[id]", path: "/{org}/agents/{agent}", heading: "checkout" },
    ...{ error: "reads", empty: ALWAYS_ITS_OWN },
    dialogs: AGENT_DIALOGS,
    states: [
      { name: "its sessions", path: "/{org}/agents/{agent}?tab=sessions" },
      {
        name: "what it may do",
        path: "/{org}/agents/{agent}?tab=permissions",
        says: "kinds of action",
      },
      {
        name: "missing",
        path: "/{org}/agents/agt_nothing",
        heading: NOTHING,
        ...MISSED,
      },
      {
        ...{ name: "its keys", path: "/{org}/agents/{agent}?tab=keys", says: "laptop" },
        dialogs: [
          {
            ...{ file: "keys/create-key-dialog.tsx", name: "New key", open: press("New key") },
            ...REFUSED,
          },
          {
            ...{ file: "keys/rotate-key-dialog.tsx", name: "Rotate laptop" },
            ...{ open: press(/Rotate laptop/), ...REFUSED },
          },
          {
            ...{ file: "keys/revoke-key.tsx", name: "Revoke laptop?" },
            ...{ open: press(/Revoke laptop/), ...REFUSED },
          },
          {
            ...{ file: "keys/shown-once.tsx", name: "Your new key", afterChange: true },
            open: async (page) => {
              await press("New key")(page);
              await press("Make key")(page);
            },
          },
        ],
      },
    ],
  },
  {
    ...{ page: "[org]/projects", path: "/{org}/projects", heading: "Projects", error: "reads" },
    empty: { path: "/{quiet}/projects", says: "No projects yet" },
    dialogs: [
      {
        ...{ file: "projects/new-project-dialog.tsx", name: "New project" },
        ...{ open: press("New project"), ...REFUSED },
      },
    ],
  },
  {
    ...{ page: "[org]/projects/[id]", path: "/{org}/projects/{project}", heading: "web" },
    ...{ error: "reads", empty: ALWAYS_ITS_OWN },
    states: [
      {
        name: "missing",
        path: "/{org}/projects/prj_nothing",
        heading: NOTHING,
        ...MISSED,
      },
    ],
    dialogs: [
      {
        ...{ file: "projects/edit-project-dialog.tsx", name: "Edit project", open: press("Edit") },
        ...REFUSED,
      },
      {
        ...{ file: "projects/archive-project.tsx", name: "Archive web?", open: press("Archive") },
        ...REFUSED,
      },
    ],
  },
  {
    ...{ page: "[org]/policies", path: "/{org}/policies", heading: "Policies", error: "reads" },
    empty: { path: "/{quiet}/policies", says: "No policies yet" },
    dialogs: [
      {
        ...{ file: "policies/list/new-policy-dialog.tsx", name: "New policy" },
        ...{ open: press("New policy"), ...REFUSED },
      },
    ],
  },
  {
    ...{ page: "[org]/policies/[id]", path: "/{org}/policies/{policy}", heading: "drafted" },
    ...{ error: "reads", empty: ALWAYS_ITS_OWN },
    states: [
      { name: "tests", path: "/{org}/policies/{policy}?tab=tests" },
      { name: "try", path: "/{org}/policies/{policy}?tab=try" },
      { name: "dry run", path: "/{org}/policies/{policy}?tab=dry-run" },
      {
        ...{ name: "what changed", heading: "overtaken" },
        path: "/{org}/policies/{behind}?tab=versions&version=2&against=1",
      },
      {
        ...{ name: "versions", path: "/{org}/policies/{behind}?tab=versions" },
        heading: "overtaken",
        dialogs: [
          {
            ...{ file: "policies/versions/rollback-dialog.tsx", name: "Back to version 1" },
            ...{ open: press("Roll back…"), ...REFUSED },
          },
        ],
      },
      {
        ...{ name: "overtaken", path: "/{org}/policies/{behind}", heading: "overtaken" },
        says: /published version 2/,
        dialogs: [
          {
            ...{ file: "policies/draft/compare-dialog.tsx", name: "Your draft and version 2" },
            open: press("Compare"),
          },
        ],
      },
      { name: "missing", path: "/{org}/policies/pol_nothing", heading: NOTHING, ...MISSED },
    ],
    dialogs: [
      {
        ...{ file: "policies/page/policy-menu.tsx", name: "More", role: "menu" },
        open: press("More"),
      },
      {
        ...{ file: "policies/page/rename-dialog.tsx", name: /^Rename/ },
        ...{ open: choose("More", "Rename…"), ...REFUSED },
      },
      {
        ...{ file: "policies/page/archive-dialog.tsx", name: /^Archive/ },
        ...{ open: choose("More", "Archive…"), ...REFUSED },
      },
      {
        ...{ file: "policies/publish/publish-dialog.tsx", name: "Publish version 2" },
        ...{ open: press("Publish…"), ...REFUSED },
      },
    ],
  },
  {
    ...{ page: "[org]/connectors", path: "/{org}/connectors", heading: "Connectors" },
    ...{ error: "reads", empty: { path: "/{quiet}/connectors", says: "No connector yet" } },
    dialogs: CONNECTOR_DIALOGS,
  },
  {
    ...{ page: "[org]/audit", path: "/{org}/audit", heading: "Audit", error: "reads" },
    empty: { never: "founding the org is a change" },
    states: [
      { name: "no match", path: "/{org}/audit?verb=agent.archive", says: "No change matches" },
    ],
  },
  {
    ...{ page: "[org]/settings", path: "/{org}/settings", heading: "Organization" },
    ...{
      error: { never: "it leads to organization" },
      empty: { never: "it leads to organization" },
    },
  },
  {
    ...{ page: "[org]/settings/organization", path: "/{org}/settings/organization" },
    ...{ heading: "Organization", error: "reads", empty: ALWAYS_ITS_OWN },
  },
  {
    ...{ page: "[org]/settings/members", path: "/{org}/settings/members", heading: "Members" },
    ...{ error: "reads", empty: { path: "/{quiet}/settings/members", says: "No open invitation" } },
    dialogs: [
      {
        ...{ file: "members/invite-dialog.tsx", name: "Invite somebody", open: press("Invite") },
        ...REFUSED,
      },
      {
        ...{ file: "members/remove-member.tsx", name: "Remove Dana Demo?" },
        ...{ open: press("Remove Dana Demo"), refused: "itself" },
      },
      {
        ...{ file: "members/invitation-table.tsx", name: "Revoke the invitation?" },
        ...{ open: press("Revoke"), ...REFUSED },
      },
      {
        ...{ file: "members/invite-dialog.tsx", name: "Invited", afterChange: true },
        open: async (page) => {
          await press("Invite")(page);
          await page.getByRole("radio", { name: /By link/ }).click();
          await page.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
        },
      },
      {
        ...{ file: "members/invitation-table.tsx", name: "A new link", afterChange: true },
        open: press("New link"),
      },
    ],
  },
  {
    ...{ page: "[org]/settings/groups", path: "/{org}/settings/groups", heading: "Groups" },
    ...{ error: "reads", empty: { path: "/{quiet}/settings/groups", says: "No groups yet" } },
    dialogs: [
      {
        ...{ file: "members/group-name-dialog.tsx", name: "New group", open: press("New group") },
        ...REFUSED,
      },
      {
        ...{ file: "members/group-name-dialog.tsx", name: /^Rename/ },
        ...{ open: press("Rename"), ...REFUSED },
      },
      {
        ...{ file: "members/group-card.tsx", name: "Delete On call?", open: press("Delete") },
        ...REFUSED,
      },
    ],
  },
  {
    ...{ page: "[org]/settings/tokens", path: "/{org}/settings/tokens", heading: "API tokens" },
    ...{ error: "reads", empty: { path: "/{quiet}/settings/tokens", says: "You have no tokens" } },
    dialogs: [
      {
        ...{ file: "tokens/new-token-dialog.tsx", name: /token/i, open: press("New token") },
        ...REFUSED,
      },
      {
        ...{ file: "tokens/revoke-token.tsx", name: "Revoke e2e?", open: press("Revoke e2e") },
        ...REFUSED,
      },
    ],
  },
  {
    ...{ page: "[org]/[...rest]", path: "/{org}/nothing", heading: NOTHING },
    ...{ status: 404, complains: /404/ },
    ...{ empty: { never: "it is nothing" }, error: { never: "it asks nothing" } },
    states: [
      {
        ...{ name: "no such org", path: "/no-such-org", heading: NOTHING },
        ...{ status: 404, complains: /404/ },
      },
    ],
  },
];
