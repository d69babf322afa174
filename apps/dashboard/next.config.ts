/** How the dashboard is built and what every answer of it carries. */
import { join } from "node:path";
import type { NextConfig } from "next";

/** Sent with everything; the content policy carries a nonce and comes from `src/proxy.ts`. */
const SECURITY_HEADERS = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "x-frame-options", value: "DENY" },
  { key: "referrer-policy", value: "no-referrer" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
  { key: "cross-origin-resource-policy", value: "same-origin" },
  { key: "permissions-policy", value: "camera=(), geolocation=(), microphone=(), payment=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: false,
  turbopack: { root: join(import.meta.dirname, "..", "..") },
  // Packages are consumed from their TypeScript sources; what is native or dynamic stays outside the bundle.
  transpilePackages: [
    "@yolo/control",
    "@yolo/core",
    "@yolo/identity",
    "@yolo/ledger",
    "@yolo/policy",
    "@yolo/store",
  ],
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "bullmq",
    "ioredis",
    "pg",
    "pino",
    "postgres",
  ],
  // `tsc -p apps/dashboard` checks the types: the build's own check needs another TypeScript.
  typescript: { ignoreBuildErrors: true },
  // Browsers ask for it by themselves, also of answers that name no icon; else it would be taken for an org.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};

export default config;
