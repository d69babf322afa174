/** What every page has: language, fonts, theme, and what its components and their data need. */
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { DataProvider } from "../data/data-provider.tsx";
import { NONCE_HEADER } from "../proxy.ts";
import { readTheme, THEME_COOKIE } from "../ui/theme.ts";
import { UiProvider } from "../ui/ui-provider.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "yologateway", template: "%s · yologateway" },
  description: "The control plane for AI agents.",
  robots: { index: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf7" },
    { media: "(prefers-color-scheme: dark)", color: "#131412" },
  ],
};

export default async function Layout({ children }: { readonly children: React.ReactNode }) {
  // Reading its headers makes each page for its request: the nonce of the content policy is not known before.
  const nonce = (await headers()).get(NONCE_HEADER) ?? "";
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      data-theme={theme === "system" ? undefined : theme}
    >
      <body className="min-h-dvh text-base">
        <UiProvider nonce={nonce}>
          <DataProvider>{children}</DataProvider>
        </UiProvider>
      </body>
    </html>
  );
}
