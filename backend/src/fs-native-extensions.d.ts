/** The package ships no types; this is the part used here. */
declare module 'fs-native-extensions' {
  /** Locks the open file for this open file description (OFD lock); false when somebody else holds it. */
  export function tryLock(fd: number): boolean;
  /** The same, but waits in a thread of its own until it is free. */
  export function waitForLock(fd: number): Promise<void>;
}
