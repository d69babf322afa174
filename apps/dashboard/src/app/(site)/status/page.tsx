/** What runs here. */
import type { Metadata } from "next";
import { getDeps } from "../../../deps.ts";
import { readStatus } from "../../../features/status/read-status.ts";
import { StatusBoard } from "../../../features/status/status-board.tsx";

export const metadata: Metadata = { title: "Status" };

export default async function Page() {
  return <StatusBoard initial={await readStatus(getDeps())} />;
}
