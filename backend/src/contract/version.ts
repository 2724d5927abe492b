/** The version of Lonja: that of the `package.json` at the root, which a test compares. */
export const VERSION = '0.2.0';
