/** What every page has: language, fonts, header and footer. */
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import { Footer } from "../ui/footer.tsx";
import { Header } from "../ui/header.tsx";
import "./globals.css";
// What the error page looks like comes with every page: it must not wait when something fails.
import "../ui/message.module.css";

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
  // Each page is made for its request: the nonce of the content policy is not known before.
  await connection();
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <Header />
        <main>{children}</main>
        <Footer />
      </body>
    </html>
  );
}
