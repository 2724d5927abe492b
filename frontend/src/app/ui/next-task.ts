/** Lets the browser do what else there is: the first drawing waits for nothing, and a key or a touch need not wait for it. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
