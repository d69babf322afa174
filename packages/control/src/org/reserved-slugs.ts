/** Names that cannot be an org's subdomain: they are ours, or they would pass for ours. */
const RESERVED: ReadonlySet<string> = new Set([
  // Pages of the dashboard stand where orgs do: a test holds every one of them here.
  ...["account", "forgot", "gallery", "orgs", "reset", "second-factor", "sign-out", "verify"],
  ...["admin", "administrator", "api", "app", "apps", "assets", "auth", "billing", "blog", "cdn"],
  ...[
    "console",
    "dashboard",
    "dev",
    "developer",
    "developers",
    "docs",
    "download",
    "edge",
    "email",
  ],
  ...[
    "enterprise",
    "events",
    "files",
    "ftp",
    "gateway",
    "git",
    "help",
    "home",
    "hooks",
    "id",
    "idp",
  ],
  ...["imap", "internal", "invite", "localhost", "login", "logout", "mail", "mcp", "metrics", "mx"],
  ...[
    "new",
    "oauth",
    "official",
    "ops",
    "origin",
    "pop",
    "postmaster",
    "prod",
    "production",
    "proxy",
  ],
  ...[
    "public",
    "register",
    "root",
    "saml",
    "sandbox",
    "scim",
    "security",
    "settings",
    "shop",
    "sign-in",
  ],
  ...[
    "sign-up",
    "signin",
    "signup",
    "smtp",
    "sso",
    "stage",
    "staging",
    "static",
    "status",
    "store",
  ],
  ...[
    "support",
    "system",
    "team",
    "test",
    "trust",
    "uploads",
    "webhook",
    "webhooks",
    "webmail",
    "www",
  ],
  ...["yolo", "yologateway"],
]);

/** An A-label (RFC 5890 §2.3.2.1) shows as another name than it is spelt; `ns1`, `www2` pass for infrastructure. */
const LOOKS_LIKE_OURS = /^(?:..--|(?:ns|www|mx|smtp)\d+$|yolo-?gateway)/;

/** Whether the slug is kept from orgs. */
export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug) || LOOKS_LIKE_OURS.test(slug);
}
