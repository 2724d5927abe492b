/**
 * What the server accepts. The DTOs enforce these numbers and the form shows them, so neither can drift from the other.
 * Lengths are in characters.
 */
export const LIMITS = {
  /** Lines of the audit in one answer. */
  auditLines: 500,
  /** Sessions of one member, and what is kept of a browser's `User-Agent`. */
  sessions: 50,
  device: 300,
  /** Invitations that nobody has accepted yet. */
  invitations: 200,
  /**
   * Products on the board, members of whom something is known beside the e-mail, and pictures that the server keeps. What would be one
   * more is `FORBIDDEN` with the rule `hasRoom`.
   */
  products: 100_000,
  members: 10_000,
  pictures: 50_000,
  /** The name of a member. */
  memberName: 80,
  /** RFC 5321, 4.5.3.1: 256 octets of a path, less the two angle brackets. */
  email: 254,
  text: 4_000,
  title: 200,
  /** In the catalogue's currency. */
  price: 1_000_000_000,
  priceDecimals: 2,
  thumbnail: 2_048,
  description: 4_000,
  code: 64,
  category: 100,
  /** Pieces. */
  stock: 1_000_000_000,
  /** Pieces. */
  lowStock: 1_000_000_000,
  note: 500,
  /**
   * Combining marks in a row that a stored text has: the longest stacks that people write, in Tibetan, have eight. More only
   * cover the lines above and below.
   */
  combiningMarks: 8,
  /** Own commands, not answered yet, that a command about a product may name. */
  baseCommands: 100,
  /** Own commands that a command may name as submitted after it. */
  precedes: 32,
  /** Products that a message is about. It may move more. */
  about: 20,
  /** Members who must read a message. */
  mustRead: 20,
  /** Entries of a `product:timeline`, hits of a `search`, parts of a list of a `catch-up` in one answer. */
  timelinePage: 100,
  searchPage: 50,
  catchUpList: 200,
  /** Products whose earlier states one `product:then` may ask for. */
  productsThen: 100,
  /** Rules of one member, and alerts of that member that wait to be seen. */
  follows: 200,
  alerts: 50,
  /** What is typed in a search. */
  query: 200,
  /** Messages a `chat:history` page may ask for. */
  historyPage: 200,
  /** Records a `product:history` page may ask for, and how many bytes it has at most, unless one record alone has more. */
  productHistoryPage: 100,
  productHistoryBytes: 256 * 1_024,
  /** Products that one answer has at most. */
  productsPage: 1_000,
  /**
   * Bytes of JSON that one answer has, about: a page of products, messages or missed records. A single larger thing is a page
   * of its own. A line of 100 kbit/s takes five seconds for it, and heartbeats get through in between.
   */
  pageBytes: 64 * 1_024,
  /** Messages in the snapshot that a joining client gets. */
  snapshotMessages: 50,
  /** Records that a returning client may have missed and still resume at once, from memory; and those of one page. */
  resumeRecords: 1_000,
  /** Records that a returning client may have missed and still get in pages, instead of starting from a snapshot. */
  catchUpRecords: 20_000,
  /** Bytes of a picture. */
  pictureBytes: 1_024 * 1_024,
  /** Bytes of one packet from a client. A longer one closes its connection. */
  packetBytes: 64 * 1_024,
} as const;
