"use client";

/** What was used in a day, a week, a month and in all; every number leads to the records behind it. */
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { Cell, Head, Row, Table } from "../../ui/table.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import { PERIODS, type Period, usageInput, type Whose } from "./periods.ts";

export function UsageTable({ whose }: { readonly whose: Whose }) {
  return (
    <Table label="Usage">
      <Head>
        <Cell>Period</Cell>
        <Cell align="right">Calls</Cell>
        <Cell align="right">Refused</Cell>
        <Cell align="right">Tokens in</Cell>
        <Cell align="right">Tokens out</Cell>
        <Cell align="right">List price</Cell>
      </Head>
      <tbody>
        {PERIODS.map((period) => (
          <PeriodRow key={period.since} period={period} whose={whose} />
        ))}
      </tbody>
    </Table>
  );
}

function PeriodRow({ period, whose }: { readonly period: Period; readonly whose: Whose }) {
  const { slug } = useOrg();
  const usage = useApi("GET /usage", usageInput(period, whose));
  const records = new URLSearchParams({
    ...whose,
    ...(period.isAll ? {} : { since: period.since }),
  });
  const refused = new URLSearchParams([...records, ["decision", "deny,approve"]]);
  if (usage.error !== null) {
    return (
      <tr>
        <td colSpan={6} className="p-2">
          <ErrorState error={usage.error} retry={() => void usage.refetch()} compact />
        </td>
      </tr>
    );
  }
  const { calls, refused: no, inputTokens, outputTokens, costMicros } = usage.data ?? UNKNOWN;
  return (
    <Row>
      <Cell tight>{period.label}</Cell>
      <Cell align="right">
        <Count of={calls} href={`/${slug}/activity?${records}`} />
      </Cell>
      <Cell align="right">
        <Count of={no} href={`/${slug}/activity?${refused}`} />
      </Cell>
      <Cell align="right">
        <Count of={inputTokens} />
      </Cell>
      <Cell align="right">
        <Count of={outputTokens} />
      </Cell>
      <Cell align="right">
        <Money micros={costMicros} />
      </Cell>
    </Row>
  );
}

const UNKNOWN = {
  ...{ calls: null, refused: null, inputTokens: null, outputTokens: null, costMicros: null },
} as const;

function Count({ of, href }: { readonly of: number | null; readonly href?: string }) {
  if (of === null) return <span className="text-muted">…</span>;
  const text = of.toLocaleString("en-US");
  return href === undefined || of === 0 ? text : <TextLink href={href}>{text}</TextLink>;
}
