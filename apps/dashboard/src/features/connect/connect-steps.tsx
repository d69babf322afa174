"use client";

/** The few commands that put Claude Code behind an org's address. No secret stands in them. */
import { useId, useState } from "react";
import { Command } from "../../ui/command.tsx";
import styles from "./connect-steps.module.css";
import type { TenantAddress } from "./tenant-address.ts";

export interface Connection {
  readonly tenant: TenantAddress;
  readonly gatewayUrl: string;
  /** Where the public API answers. */
  readonly apiUrl: string;
  /** Whether the demo's file of credentials lies beside the product. */
  readonly isLocal: boolean;
}

/** What an org's slug is made of; anything else would not be an address. */
const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function ConnectSteps({ tenant, gatewayUrl, apiUrl, isLocal }: Connection) {
  const [slug, setSlug] = useState(isLocal ? "demo" : "your-org");
  const address = `${tenant.scheme}://${SLUG.test(slug) ? slug : "your-org"}.${tenant.domain}`;
  return (
    <section aria-labelledby="connect" className={styles.connect}>
      <h2 id="connect" className={styles.title}>
        Connect Claude Code
      </h2>
      <p className={styles.lead}>
        Each org has an address of its own. Point the agent there, give it its key, and every call
        it makes is decided by your policy and on record.
      </p>
      <AddressField slug={slug} address={address} onSlug={setSlug} />
      <Steps address={address} apiUrl={apiUrl} isLocal={isLocal} />
      {isLocal ? (
        <p className={styles.hint}>
          Does <code>*.localhost</code> not resolve on this machine? Use <code>{gatewayUrl}</code>:
          the key alone names the org.
        </p>
      ) : null}
    </section>
  );
}

interface AddressFieldProps {
  readonly slug: string;
  readonly address: string;
  readonly onSlug: (slug: string) => void;
}

function AddressField({ slug, address, onSlug }: AddressFieldProps) {
  const field = useId();
  return (
    <p className={styles.address}>
      <label htmlFor={field}>Your org</label>
      <input
        id={field}
        className={styles.slug}
        value={slug}
        maxLength={63}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        onChange={(event) => onSlug(event.target.value.toLowerCase())}
      />
      <output htmlFor={field}>
        <code>{address}</code>
      </output>
    </p>
  );
}

type StepsProps = Pick<Connection, "apiUrl" | "isLocal"> & { readonly address: string };

function Steps({ address, apiUrl, isLocal }: StepsProps) {
  return (
    <ol className={styles.steps}>
      <li>
        <h3>Send its calls to your org</h3>
        <Command text={`export ANTHROPIC_BASE_URL=${address}`} />
      </li>
      <li>
        <h3>Hand over the agent’s key</h3>
        <Command text={isLocal ? fromReadyFile("ANTHROPIC_AUTH_TOKEN", "agentKey") : TYPED_KEY} />
        {isLocal ? (
          <p>
            Read from the file that <code>npm start -- --demo</code> wrote, so run this in the
            checkout. The key itself is shown nowhere.
          </p>
        ) : (
          <p>
            Paste the key when asked: it does not appear on the screen or in the shell’s history.
          </p>
        )}
      </li>
      <li>
        <h3>Run it</h3>
        <Command text={'claude -p "Say hello."'} />
        <p>
          In a session, <code>/status</code> prints the address and which credential is in use. It
          should be this key alone: <code>unset ANTHROPIC_API_KEY</code> where that is set.
        </p>
      </li>
      <li>
        <h3>Read the record of what it did</h3>
        <Command text={isLocal ? fromReadyFile("YOLO_TOKEN", "apiToken") : TYPED_TOKEN} />
        <Command
          text={`curl -s "${apiUrl}/records?limit=1" -H "authorization: Bearer $YOLO_TOKEN"`}
        />
      </li>
    </ol>
  );
}

const TYPED_KEY = "read -rs ANTHROPIC_AUTH_TOKEN && export ANTHROPIC_AUTH_TOKEN";
const TYPED_TOKEN = "read -rs YOLO_TOKEN && export YOLO_TOKEN";

function fromReadyFile(variable: string, field: string): string {
  return `export ${variable}="$(node -p 'require("./.local/ready.json").${field}')"`;
}
