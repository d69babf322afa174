/** The top of every page. */
import Link from "next/link";
import styles from "./header.module.css";

export function Header() {
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.home}>
        <Mark />
        yologateway
      </Link>
      <nav aria-label="Documentation" className={styles.links}>
        <Link href="/docs">Docs</Link>
        <a href="/api/v1/openapi.json">API</a>
      </nav>
    </header>
  );
}

/** A gate: two posts, and a call that passes between them. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" className={styles.mark}>
      <path d="M6 3v18M18 3v18" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="12" cy="12" r="2.75" fill="currentColor" />
    </svg>
  );
}
