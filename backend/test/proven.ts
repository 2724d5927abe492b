/** Settings of a server where e-mails are proven: everybody of acme.com is a member, root an admin, and lee a reader. */
export const PROVEN: NodeJS.ProcessEnv = {
  AUTH: 'code',
  MEMBERS: '*@acme.com',
  READERS: 'lee@acme.com',
  ADMINS: 'root@acme.com',
  // Nobody listens there: what needs mail has a server of its own.
  SMTP_URL: 'smtp://127.0.0.1:9',
};
