"use client";

/** The second factor as it stands, and what can be done about it. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toast.tsx";
import { ask } from "../people/ask.ts";
import { readRecoveryCodes, readSetup, type Setup } from "./answers.ts";
import { PasswordDialog } from "./password-dialog.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SecondFactorSetup } from "./second-factor-setup.tsx";

type Question = "on" | "off" | "codes";

const QUESTIONS = {
  on: {
    title: "Switch on the second factor",
    description: "Signing in will ask for a code of an authenticator app on your phone.",
    action: "Go on",
  },
  off: {
    title: "Switch off the second factor",
    description: "Your password alone will open your account again.",
    action: "Switch off",
  },
  codes: {
    title: "New recovery codes",
    description: "The ones that you have stop working.",
    action: "Make new codes",
  },
} as const;

export function SecondFactor({ on }: { readonly on: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const [question, setQuestion] = useState<Question>();
  const [setup, setSetup] = useState<Setup>();
  const [codes, setCodes] = useState<readonly string[]>();

  async function answer(password: string) {
    if (question === "on")
      setSetup(readSetup(await ask("POST /second-factor/begin", { password })));
    if (question === "codes") {
      setCodes(readRecoveryCodes(await ask("POST /recovery-codes", { password })));
    }
    if (question === "off") {
      await ask("POST /second-factor/off", { password });
      toast.show({ title: "The second factor is off" });
    }
    setQuestion(undefined);
    router.refresh();
  }

  function finish() {
    setCodes(setup?.recoveryCodes);
    setSetup(undefined);
    toast.show({ title: "The second factor is on", kind: "good" });
    router.refresh();
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Badge tone={on ? "good" : "neutral"}>{on ? "On" : "Off"}</Badge>
        {on ? (
          <>
            <Button onClick={() => setQuestion("codes")}>New recovery codes</Button>
            <Button onClick={() => setQuestion("off")}>Switch off</Button>
          </>
        ) : (
          setup === undefined && <Button onClick={() => setQuestion("on")}>Switch on</Button>
        )}
      </div>
      {setup !== undefined && (
        <SecondFactorSetup setup={setup} onDone={finish} onCancel={() => setSetup(undefined)} />
      )}
      {codes !== undefined && <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />}
      {question !== undefined && (
        <PasswordDialog
          {...QUESTIONS[question]}
          onAnswer={answer}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </div>
  );
}
