/** The public API in one table: method and path → the verb that answers. The OpenAPI document is made of it. */
import { archiveAgent } from "@yolo/control/agent/archive";
import { createAgent } from "@yolo/control/agent/create";
import { listAgents } from "@yolo/control/agent/list";
import { readAgent } from "@yolo/control/agent/read";
import { restoreAgent } from "@yolo/control/agent/restore";
import { updateAgent } from "@yolo/control/agent/update";
import { createAgentKey } from "@yolo/control/agent-key/create";
import { listAgentKeys } from "@yolo/control/agent-key/list";
import { revokeAgentKey } from "@yolo/control/agent-key/revoke";
import { rotateAgentKey } from "@yolo/control/agent-key/rotate";
import { createApiToken } from "@yolo/control/api-token/create";
import { listApiTokens } from "@yolo/control/api-token/list";
import { revokeApiToken } from "@yolo/control/api-token/revoke";
import { countChanges } from "@yolo/control/change/count";
import { listChanges } from "@yolo/control/change/list";
import { addConnector } from "@yolo/control/connector/add";
import { archiveConnector } from "@yolo/control/connector/archive";
import { listConnectors } from "@yolo/control/connector/list";
import { renameConnector } from "@yolo/control/connector/rename";
import { rotateConnector } from "@yolo/control/connector/rotate";
import { setDefaultConnector } from "@yolo/control/connector/set-default";
import { testConnector } from "@yolo/control/connector/test-connector";
import { cancelDryRun } from "@yolo/control/dry-run/cancel";
import { listDryRuns } from "@yolo/control/dry-run/list";
import { readDryRun } from "@yolo/control/dry-run/read";
import { startDryRun } from "@yolo/control/dry-run/start";
import { addGroupMember } from "@yolo/control/group/add-member";
import { createGroup } from "@yolo/control/group/create";
import { deleteGroup } from "@yolo/control/group/delete";
import { listGroups } from "@yolo/control/group/list";
import { removeGroupMember } from "@yolo/control/group/remove-member";
import { renameGroup } from "@yolo/control/group/rename";
import { createInvitation } from "@yolo/control/invitation/create";
import { listInvitations } from "@yolo/control/invitation/list";
import { renewInvitation } from "@yolo/control/invitation/renew";
import { revokeInvitation } from "@yolo/control/invitation/revoke";
import { listMembers } from "@yolo/control/member/list";
import { removeMember } from "@yolo/control/member/remove";
import { updateMember } from "@yolo/control/member/update";
import { listCalls } from "@yolo/control/onboarding/calls";
import { connectAgent } from "@yolo/control/onboarding/connect-agent";
import { dismissSteps } from "@yolo/control/onboarding/dismiss-steps";
import { readSteps } from "@yolo/control/onboarding/steps";
import { makeTestCall } from "@yolo/control/onboarding/test-call";
import { readOrg } from "@yolo/control/org/read";
import { updateOrg } from "@yolo/control/org/update";
import { archivePolicy } from "@yolo/control/policy/archive";
import { createPolicy } from "@yolo/control/policy/create";
import { diffPolicyVersions } from "@yolo/control/policy/diff";
import { discardPolicyDraft } from "@yolo/control/policy/discard-draft";
import { explainPolicy } from "@yolo/control/policy/explain";
import { lintPolicyDraft } from "@yolo/control/policy/lint";
import { listPolicies } from "@yolo/control/policy/list";
import { listPolicyVersions } from "@yolo/control/policy/list-versions";
import { previewAgent } from "@yolo/control/policy/preview";
import { publishPolicy } from "@yolo/control/policy/publish";
import { readPolicy } from "@yolo/control/policy/read";
import { readPolicyDraft } from "@yolo/control/policy/read-draft";
import { renamePolicy } from "@yolo/control/policy/rename";
import { rollbackPolicy } from "@yolo/control/policy/rollback";
import { savePolicyDraft } from "@yolo/control/policy/save-draft";
import { testPolicies } from "@yolo/control/policy/test-policies";
import { archiveProject } from "@yolo/control/project/archive";
import { createProject } from "@yolo/control/project/create";
import { listProjects } from "@yolo/control/project/list";
import { readProject } from "@yolo/control/project/read";
import { restoreProject } from "@yolo/control/project/restore";
import { updateProject } from "@yolo/control/project/update";
import { countRecords } from "@yolo/control/record/count";
import { listRecords } from "@yolo/control/record/list";
import { readRecord } from "@yolo/control/record/read";
import { readUsage } from "@yolo/control/record/usage";
import { search } from "@yolo/control/search/search";
import { listSessions } from "@yolo/control/session/list";
import { readSession } from "@yolo/control/session/read";
import { readSessionTurns } from "@yolo/control/session/turns";
import type { Verb } from "@yolo/control/verb";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

export interface Route {
  readonly verb: Verb;
  /** One line for the API's readers. */
  readonly summary: string;
  /** Of a success. */
  readonly status: 200 | 201;
}

/** `{name}` stands for one segment of the path, handed to the verb under that name. */
export const ROUTES = {
  "GET /org": read(readOrg, "The org itself."),
  "PATCH /org": read(updateOrg, "Change the org's name or time zone."),
  "GET /members": read(listMembers, "The org's members, newest first."),
  "PATCH /members/{id}": read(updateMember, "Give a member another role."),
  "DELETE /members/{id}": read(
    removeMember,
    "Remove a member; their tokens end, their agent keys go to `keysTo`.",
  ),
  "GET /invitations": read(listInvitations, "Open invitations, newest first."),
  "POST /invitations": create(
    createInvitation,
    "Invite somebody by mail or by link; the link's token is in this answer only.",
  ),
  "POST /invitations/{id}/renew": create(
    renewInvitation,
    "Send an invitation again: a new link, which replaces the one before.",
  ),
  "DELETE /invitations/{id}": read(revokeInvitation, "Revoke an invitation."),
  "GET /groups": read(listGroups, "The org's groups, newest first."),
  "POST /groups": create(createGroup, "Create a group."),
  "PATCH /groups/{id}": read(renameGroup, "Rename a group."),
  "POST /groups/{id}/members": read(addGroupMember, "Add a member to a group."),
  "DELETE /groups/{id}/members/{memberId}": read(
    removeGroupMember,
    "Take a member out of a group.",
  ),
  "DELETE /groups/{id}": read(deleteGroup, "Delete a group; its members stay."),
  "GET /projects": read(listProjects, "The org's projects, by name."),
  "POST /projects": create(createProject, "Create a project."),
  "GET /projects/{id}": read(readProject, "A project, and how much stands in it."),
  "PATCH /projects/{id}": read(updateProject, "Rename a project or change its capture level."),
  "DELETE /projects/{id}": read(
    archiveProject,
    "Archive a project with its agents; their keys are revoked.",
  ),
  "POST /projects/{id}/restore": read(
    restoreProject,
    "Bring a project back with the agents archived with it; their keys stay revoked.",
  ),
  "GET /agents": read(listAgents, "The org's agents, by name."),
  "POST /agents": create(createAgent, "Create an agent."),
  "GET /agents/{id}": read(readAgent, "An agent, when it was seen, and its sub-agents."),
  "PATCH /agents/{id}": read(updateAgent, "Rename an agent."),
  "DELETE /agents/{id}": read(archiveAgent, "Archive an agent and revoke its keys."),
  "POST /agents/{id}/restore": read(
    restoreAgent,
    "Bring an archived agent back; its keys stay revoked.",
  ),
  "GET /agent-keys": read(listAgentKeys, "The org's agent keys, newest first."),
  "POST /agent-keys": create(createAgentKey, "Make an agent key; it is in this answer only."),
  "POST /agent-keys/{id}/rotate": create(
    rotateAgentKey,
    "Make a key that takes over from this one, which ends at once or after a while.",
  ),
  "DELETE /agent-keys/{id}": read(revokeAgentKey, "Revoke an agent key."),
  "GET /api-tokens": read(listApiTokens, "Your own API tokens, newest first."),
  "POST /api-tokens": create(createApiToken, "Make an API token; it is in this answer only."),
  "DELETE /api-tokens/{id}": read(revokeApiToken, "Revoke one of your API tokens."),
  "GET /connectors": read(listConnectors, "The org's connectors, by name."),
  "POST /connectors": create(
    addConnector,
    "Add a connector; its credential never comes out again.",
  ),
  "PATCH /connectors/{id}": read(renameConnector, "Give a connector another name."),
  "DELETE /connectors/{id}": read(
    archiveConnector,
    "Archive a connector; its credential is gone for good.",
  ),
  "POST /connectors/{id}/test": read(
    testConnector,
    "Test a connector by one real request that costs nothing.",
  ),
  "POST /connectors/{id}/credential": read(
    rotateConnector,
    "Rotate a connector's credential, tested first.",
  ),
  "POST /connectors/{id}/default": read(
    setDefaultConnector,
    "Make a connector the one that calls to its provider take.",
  ),
  "GET /policies": read(listPolicies, "The org's policies, by name."),
  "POST /policies": create(createPolicy, "Create a policy with its first version."),
  "GET /policies/{id}": read(readPolicy, "A policy with the text of one version."),
  "PATCH /policies/{id}": read(renamePolicy, "Give a policy another name."),
  "DELETE /policies/{id}": read(
    archivePolicy,
    "Archive a policy: nobody is decided under it any more.",
  ),
  "GET /policies/{id}/draft": read(
    readPolicyDraft,
    "What you are writing as the next version, and who else is.",
  ),
  "POST /policies/{id}/draft": read(savePolicyDraft, "Save what you are writing."),
  "DELETE /policies/{id}/draft": read(discardPolicyDraft, "Throw away what you were writing."),
  "GET /policies/{id}/versions": read(listPolicyVersions, "A policy's versions, newest first."),
  "POST /policies/{id}/versions": create(publishPolicy, "Publish the next version of a policy."),
  "POST /policies/{id}/rollback": create(
    rollbackPolicy,
    "Publish the text of an earlier version again.",
  ),
  "POST /policies/{id}/diff": read(
    diffPolicyVersions,
    "What changes between versions, or to a draft, in terms of rules.",
  ),
  "POST /policies/lint": read(lintPolicyDraft, "What publishing a draft would say."),
  "POST /policies/test": read(
    testPolicies,
    "Run the policies' own tests, with a draft or without.",
  ),
  "POST /policies/explain": read(
    explainPolicy,
    "Why an attempt is decided so, and why not otherwise.",
  ),
  "POST /policies/preview": read(previewAgent, "What an agent may do."),
  "GET /dry-runs": read(listDryRuns, "Dry runs, newest first."),
  "POST /dry-runs": create(startDryRun, "Start judging what is on record under a draft."),
  "GET /dry-runs/{id}": read(readDryRun, "A dry run: how far it is and what it has found."),
  "DELETE /dry-runs/{id}": read(cancelDryRun, "Cancel a dry run."),
  "GET /records": read(listRecords, "Records that match, newest first."),
  "GET /records/counts": read(
    countRecords,
    "How many records match, by decision and agent, up to a bound.",
  ),
  "GET /records/{id}": read(readRecord, "A record, with its payloads for those who may see them."),
  "GET /sessions": read(listSessions, "Sessions, newest first."),
  "GET /sessions/{id}": read(readSession, "A session with its run in order."),
  "GET /sessions/{id}/turns": read(
    readSessionTurns,
    "What was said in a session, for those who may see payloads.",
  ),
  "GET /usage": read(readUsage, "What a period used, in all and by agent."),
  "GET /search": read(
    search,
    "Anything of the org by its id, the beginning of an id, or its name.",
  ),
  "GET /changes": read(listChanges, "What members did, newest first."),
  "GET /changes/counts": read(
    countChanges,
    "How much members did: changes, and views of payloads.",
  ),
  "GET /onboarding": read(
    listCalls,
    "What has arrived since a moment, refused calls without a record included.",
  ),
  "POST /onboarding": create(
    connectAgent,
    "Make project, agent and agent key in one step; the key is in this answer only.",
  ),
  "GET /onboarding/steps": read(readSteps, "How far the org has come."),
  "POST /onboarding/steps": read(
    dismissSteps,
    "Put the list of first steps away, or bring it back.",
  ),
  "POST /onboarding/test-call": read(
    makeTestCall,
    "Make one real call through the org's gateway, with a key of two minutes.",
  ),
} as const satisfies { readonly [route: `${Method} /${string}`]: Route };

function read<V extends Verb>(verb: V, summary: string) {
  return { verb, summary, status: 200 } as const;
}

function create<V extends Verb>(verb: V, summary: string) {
  return { verb, summary, status: 201 } as const;
}
