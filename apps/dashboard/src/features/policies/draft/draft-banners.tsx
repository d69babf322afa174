"use client";

/** What others did while this draft was written: who, when, and a way to bring the texts together. */
import { GitCompareArrows, Info, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Output } from "../../../data/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { CompareDialog } from "../page/lazy-parts.tsx";
import type { Comparison } from "./compare-dialog.tsx";
import { useColleagueDraft } from "./use-colleague-draft.ts";
import type { DraftOf } from "./use-draft.ts";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly editing: DraftOf;
  /** Whether somebody has published since the draft was begun. */
  readonly isBehind: boolean;
}

export function DraftBanners({ policy, editing, isBehind }: Props) {
  const { draft, live, published, others, change, remoteRevision } = editing;
  const [comparison, compare] = useState<Comparison>();
  const { version, authorName, message, publishedAt } = published;
  const { elsewhere } = draft;
  return (
    <div className="flex flex-col gap-2 empty:hidden [&:not(:empty)]:mb-4" aria-live="polite">
      {isBehind && (
        <Banner
          isUrgent
          action={() => compare({ whose: `version ${version}`, text: live.text, on: live })}
        >
          <strong>{authorName ?? "yologateway"}</strong> published version {version}{" "}
          <Moment at={publishedAt} />: “{message}”. Your draft was written from version {draft.base}
          , and nothing of it is lost.
        </Banner>
      )}
      {elsewhere !== null && (
        <Banner
          isUrgent
          action={() => compare({ whose: "your other draft", text: elsewhere.text, on: live })}
        >
          You saved another text of this draft elsewhere <Moment at={elsewhere.savedAt} />. What you
          write here is not saved until you choose.
        </Banner>
      )}
      {others.map((other) => (
        <OtherDraft
          key={other.memberId}
          policyId={policy.id}
          other={other}
          onCompare={compare}
          live={live}
        />
      ))}
      {comparison !== undefined && (
        <CompareDialog
          mine={draft.text}
          comparison={comparison}
          onClose={() => compare(undefined)}
          onSettle={(text, on) => {
            change({ kind: "settled", text, on, revision: remoteRevision });
            compare(undefined);
          }}
        />
      )}
    </div>
  );
}

interface OtherProps {
  readonly policyId: string;
  readonly other: DraftOf["others"][number];
  readonly live: DraftOf["live"];
  readonly onCompare: (comparison: Comparison) => void;
}

function OtherDraft({ policyId, other, live, onCompare }: OtherProps) {
  const { memberId, memberName, savedAt } = other;
  const read = useColleagueDraft(policyId, memberId);
  const open = async () => {
    const text = await read();
    if (text !== undefined) onCompare({ whose: `${memberName}’s draft`, text, on: live });
  };
  return (
    <Banner action={() => void open()}>
      <strong>{memberName}</strong> is writing on this policy too, last saved{" "}
      <Moment at={savedAt} />.
    </Banner>
  );
}

interface BannerProps {
  readonly isUrgent?: boolean;
  readonly action: () => void;
  readonly children: React.ReactNode;
}

function Banner({ isUrgent = false, action, children }: BannerProps) {
  const Sign = isUrgent ? TriangleAlert : Info;
  const tone = isUrgent ? "border-warn/40 bg-warn-halo" : "border-line bg-info-halo";
  return (
    <div
      className={`flex flex-wrap items-center gap-3 rounded-lg border px-3 py-2 text-sm ${tone}`}
    >
      <Sign
        aria-hidden="true"
        className={`size-4 shrink-0 ${isUrgent ? "text-warn" : "text-info"}`}
      />
      <p className="min-w-48 flex-1">{children}</p>
      <Button size="sm" onClick={action}>
        <GitCompareArrows aria-hidden="true" /> Compare
      </Button>
    </div>
  );
}
