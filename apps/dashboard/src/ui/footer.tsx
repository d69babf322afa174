/** The foot of every page. */
import styles from "./footer.module.css";

export function Footer() {
  return (
    <footer className={styles.footer}>
      <p>The speed of YOLO mode with the safety of a production control system.</p>
    </footer>
  );
}
