"use client";

/** What an agent used, the policies it is judged by, and the sub-agents it works through. */
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { Card } from "../../ui/card.tsx";
import { KeyValues } from "../../ui/key-values.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { Cell, Head, Row, Table } from "../../ui/table.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import { PoliciesInForce } from "./policies-in-force.tsx";
import { UsageTable } from "./usage-table.tsx";

type Agent = Output<"GET /agents/{id}">;

export function AgentOverview({ agent }: { readonly agent: Agent }) {
  const { slug } = useOrg();
  const { project } = agent;
  return (
    <div className="flex flex-col gap-6">
      <section aria-labelledby="usage" className="flex flex-col gap-2">
        <h2 id="usage" className="font-semibold text-sm">
          Usage
        </h2>
        <UsageTable whose={{ agent: agent.id }} />
        <p className="text-muted text-xs">
          List price of the calls whose price is known. Every count leads to its records.
        </p>
      </section>
      <Card title="Policies in force" flush>
        <PoliciesInForce projectId={project.id} agentId={agent.id} />
      </Card>
      <Subagents agent={agent} />
      <KeyValues
        items={[
          {
            label: "Project",
            value: <TextLink href={`/${slug}/projects/${project.id}`}>{project.name}</TextLink>,
          },
          { label: "Created", value: <Moment at={agent.createdAt} /> },
          { label: "First seen", value: <Moment at={agent.firstSeenAt} /> },
          { label: "Last seen", value: <Moment at={agent.lastSeenAt} /> },
          { label: "Id", value: <ShortId id={agent.id} /> },
        ]}
      />
    </div>
  );
}

function Subagents({ agent }: { readonly agent: Agent }) {
  if (agent.subagents.length === 0) return null;
  return (
    <section aria-labelledby="subagents" className="flex flex-col gap-2">
      <h2 id="subagents" className="font-semibold text-sm">
        Sub-agents
      </h2>
      <Table label="Sub-agents">
        <Head>
          <Cell>Name</Cell>
          <Cell>Started by</Cell>
          <Cell align="right">Calls</Cell>
          <Cell>Last seen</Cell>
        </Head>
        <tbody>
          {agent.subagents.map(({ name, parent, calls, lastSeenAt }) => (
            <Row key={`${parent} ${name}`}>
              <Cell mono>{name}</Cell>
              <Cell mono={parent !== null}>{parent ?? "the agent itself"}</Cell>
              <Cell align="right">{calls.toLocaleString("en-US")}</Cell>
              <Cell tight>
                <Moment at={lastSeenAt} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="text-muted text-xs">Of the agent's latest 20 sessions.</p>
    </section>
  );
}
