/** The smallest phone that all must be possible on. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
