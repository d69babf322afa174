export function takeLock(path: string): number | undefined;
export function releaseLock(path: string): void;
