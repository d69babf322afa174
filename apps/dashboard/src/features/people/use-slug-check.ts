"use client";

/** Whether a slug can be had, asked once the typing pauses. */
import { useEffect, useState } from "react";
import { ask } from "./ask.ts";

type SlugCheck = "unknown" | "free" | { readonly problem: string };

const PAUSE_MS = 250;

export function useSlugCheck(slug: string): SlugCheck {
  const [answer, setAnswer] = useState<{ readonly slug: string; readonly check: SlugCheck }>();
  useEffect(() => {
    if (slug === "") return;
    const timer = setTimeout(async () => {
      const check = await checkOf(slug);
      setAnswer({ slug, check });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [slug]);
  return answer?.slug === slug ? answer.check : "unknown";
}

/** What cannot be found out now is said when the org is founded. */
async function checkOf(slug: string): Promise<SlugCheck> {
  const answer = await ask("POST /orgs/check", { slug }).catch(() => null);
  if (typeof answer !== "object" || answer === null || !("problem" in answer)) return "unknown";
  return typeof answer.problem === "string" ? { problem: answer.problem } : "free";
}
