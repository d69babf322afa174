/** A page that has nothing but a sentence to say. */
import styles from "./message.module.css";

export function Message({
  title,
  children,
}: {
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div className={styles.message}>
      <h1>{title}</h1>
      {children}
    </div>
  );
}
