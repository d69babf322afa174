/** What runs here, and the next step. */
import { headers } from "next/headers";
import { getDeps } from "../../deps.ts";
import { ConnectSteps } from "../../features/connect/connect-steps.tsx";
import { tenantAddress } from "../../features/connect/tenant-address.ts";
import { readStatus } from "../../features/status/read-status.ts";
import { StatusBoard } from "../../features/status/status-board.tsx";
import styles from "./page.module.css";

export default async function Page() {
  const deps = getDeps();
  const { env } = deps;
  const isLocal = env.LOCAL_MODE !== undefined;
  const host = (await headers()).get("host") ?? "localhost";
  return (
    <div className={styles.page}>
      <StatusBoard initial={await readStatus(deps)} />
      <ConnectSteps
        tenant={tenantAddress(env)}
        gatewayUrl={env.GATEWAY_URL}
        apiUrl={`${isLocal ? "http" : "https"}://${host}/api/v1`}
        isLocal={isLocal}
      />
    </div>
  );
}
