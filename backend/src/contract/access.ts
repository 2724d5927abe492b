/** What an admin has given a member, or taken away: nothing, reading, or reading and writing. */
export const ACCESS = ['none', 'reader', 'member'] as const;
export type Access = (typeof ACCESS)[number];

/** What somebody may do. Who is an admin, the owner configures; nobody becomes one from the page. */
export type Role = Exclude<Access, 'none'> | 'admin';
