/** Every bound of the program in one place, each with its reason. Tests sit at the limit and one over. */

/** Subjects and paths are user data; a Windows path has at most 32,767 characters. Longer lines are cut and marked. */
export const maxLineBytes: number = 64 * 1024;
/** How much of a file is looked at to decide what it is (formats/explorer-archiver-logs.md 11: 200 lines or 64 KiB). */
export const sniffBytes: number = 64 * 1024;
export const sniffLines: number = 200;
/** Bytes of a file held back while day and month cannot be told apart; then the weaker rules decide. */
export const maxUndecidedBytes: number = 8 * 1024 * 1024;
/** Read block: small blocks stay in the cache (measured). */
export const readBlockBytes: number = 32 * 1024;
/** Logs up to this size are read once into memory, because their encoding is decided before their first line is read. */
export const maxHeldInputBytes: number = 4 * 1024 * 1024;
/** Block of what is held already: between two of them activities are given out. */
export const heldBlockBytes: number = 256 * 1024;
/** First bytes that tell zip and gzip from everything else. */
export const magicBytes: number = 4;

/** An audit mail is a few kB; anything of this size is not one. */
export const maxMailBytes: number = 8 * 1024 * 1024;
export const maxMailParts: number = 100;
export const maxMailDepth: number = 10;
/** Deeper HTML makes the parser quadratic; browsers flatten at 512. */
export const maxHtmlDepth: number = 1_000;
/** Steps spent on dividing one mail subject by its template; an honest subject takes a few dozen. */
export const maxSubjectSteps: number = 20_000;
/** One row per mail is normal. */
export const maxMailTableCells: number = 20_000;

/** A page of 10,000 results (the product's maximum) is about 10 MB. */
export const maxJsonBytes: number = 64 * 1024 * 1024;

export const maxZipEntries: number = 50_000;
/** text logs compress about 20:1; bombs start far above */
export const maxZipRatio: number = 200;
export const maxZipNesting: number = 2;
export const maxZipTotalBytes: number = 16 * 1024 * 1024 * 1024;

/** YAML nests by recursion: some 900 levels exhaust the stack of the parser. */
export const maxYamlBytes: number = 256 * 1024;
export const maxYamlNesting: number = 64;

/** rsyslog's default limit is 8,096 bytes; what is longer arrives cut. */
export const defaultMaxMessageBytes: number = 8_000;
/** ids, names and times are bounded here so that the shortened event always fits a message */
export const maxKeywordBytes: number = 256;

/** Clock difference assumed between two machines before any exact match was seen (formats/rest-api.md 9.4). */
export const defaultSkewMs: number = 120_000;
/** Tolerance around a measured clock difference. */
export const measuredSkewMs: number = 5_000;
/** Answers nest some eight levels; deeper input is hostile. */
export const maxJsonNesting: number = 64;
/** Problems of one kind listed for one document; the rest is one count. */
export const maxProblemsListed: number = 100;
/** bytes of the sentence of an event (field-map 3) */
export const maxSentenceBytes: number = 1_000;
/** No machine's clock is further off than a day and the widest zone setting; a wrong zone is whole quarter hours and needs two agreeing matches. */
export const maxClockErrorMs: number = 26 * 3_600_000;
/** Marks shown on one letter in reports; more of them only paint over the neighbouring lines. */
export const maxMarksShown: number = 4;
/** UTF-16 units of one name or path shown in a row of a report; the rest says how long it was. Subjects have at most 255. */
export const maxShownText: number = 300;
/** The same where a reader asked for everything (evidence lines of the HTML report); a Windows path has at most 32,767. */
export const maxUnfoldedText: number = 4_000;
/** Operators with a lane of their own in the timeline; the others share one. More do not fit a printed page. */
export const maxTimelineLanes: number = 12;
/** Columns of the timeline; longer periods are shown by week, month or more. */
export const maxTimelineColumns: number = 92;
/** Items of one operation that a report lists one by one beneath it when it is unfolded; the rest is a count. */
export const maxItemsUnfolded: number = 1_000;
/** Characters of a faulty line that a message about it shows: one row of an ordinary terminal. */
export const maxShownLine: number = 120;
/** Problems of one kind that a command prints; the rest is one count. A screen holds about as many. */
export const maxProblemsShown: number = 20;
/** Bytes of output collected before they are written: fewer, larger writes. */
export const outputBatchBytes: number = 64 * 1024;
/** How long an interrupted command may take to finish what is whole before it is ended. */
export const interruptGraceMs: number = 5_000;
/** How long the end of the program waits for its log. */
export const logCloseMs: number = 2_000;
/** Progress is drawn at most this often: a terminal over a slow line keeps up. */
export const progressEveryMs: number = 200;
/** Columns of a report where no terminal says how wide it is. */
export const defaultTableWidth: number = 120;
/** An archive inside an archive is held in memory. */
export const maxNestedZipBytes: number = 64 * 1024 * 1024;
/** Archives inside archives are held in memory until everything is read: so many bytes of them in all. */
export const maxHeldZipBytes: number = 128 * 1024 * 1024;
/** Compressed bytes handed to the decoder at once: what they unpack to (at most 1,032 times as much) is held. */
export const gzipBlockBytes: number = 8 * 1024;
/** What unpacks to less than this is no bomb, whatever its ratio. */
export const ratioFloorBytes: number = 16 * 1024 * 1024;
/** Activities of one log that wait for the end of the file, which says whose it is; a longer file gives them out as they come. */
export const maxHeldActivities: number = 20_000;
/** Activities of a server's log, which wait for nothing: enough that giving them out costs nothing per line. */
export const maxHeldServerActivities: number = 256;
/** The longest prefix of a log line is some 90 characters; none of them takes more than four bytes, and marks may stand before it. */
export const prefixSearchBytes: number = 400;

/** Settings of a delivery below: syslog-and-cef.md 6.2, dependencies.md 7. A batch of this many events, or as old as this, ends with the peer's end of stream. */
export const finBatchEvents: number = 5_000;
export const finBatchMs: number = 30_000;
/** `commit: window`: what is sent again after a break. A receiver that reads at all has emptied its buffers by then. */
export const sentWindowMs: number = 5_000;
export const sentWindowBytes: number = 4 * 1024 * 1024;
/** Bytes handed to a socket at once: twice as fast as one write for each message (measured). */
export const sendBlockBytes: number = 64 * 1024;
/** Rendered bytes that wait for one destination; then whoever sends waits. Enough to keep a connection busy, little enough for a hundred destinations. */
export const maxQueuedBytes: number = 4 * 1024 * 1024;
/** A receiver that does not answer a connection, take a block or end its side for so long is taken for dead. */
export const connectWaitMs: number = 10_000;
export const drainWaitMs: number = 30_000;
export const finWaitMs: number = 30_000;
/** Pause between the last byte of a batch and our end of stream: a round trip in which an early end by the receiver shows. */
export const quietMs: number = 20;
/** TLS 1.3 tells of a refused client certificate after the handshake; so long the first connection waits for that before it writes. */
export const certificateWaitMs: number = 250;
/** Back-off between attempts: doubles from the first to the last, with jitter. */
export const firstRetryMs: number = 1_000;
export const lastRetryMs: number = 60_000;
/** A command that runs once gives a destination up when nothing was delivered for so long after a failure. A restarted receiver is back by then. */
export const giveUpMs: number = 30_000;
/** How long the end of a command waits for destinations that still make progress. */
export const closeWaitMs: number = 300_000;
/** UDP: datagrams sent in one go, and the pause after them. 2,000 a second; at full speed receivers lost up to a third. */
export const datagramBurst: number = 20;
export const datagramPauseMs: number = 10;
/** Payload of one unfragmented IPv4 datagram over Ethernet. */
export const maxDatagramBytes: number = 1_472;

/** Characters of an unknown message whose shape is looked at; what tells messages apart stands at their beginning. */
export const maxShapedText: number = 400;
/** Shapes of unknown messages that are told apart; a product of some hundred messages has not as many, and hostile text must not fill the memory. */
export const maxShapes: number = 2_000;
/** Messages kept of one shape: enough to see what varies. */
export const maxExamplesKept: number = 4;
/** Longest message kept as an example: readable, and with its fields and escapes far below what a whole catalogue may have. */
export const maxExampleLength: number = 1_000;
/** Suggested templates in one catalogue, and bytes of it: below `maxYamlBytes` with room for what people add. More are for a second run. */
export const maxSuggestions: number = 200;
export const maxSuggestedBytes: number = 160 * 1024;
/** Shapes of unknown messages that a table lists; JSON lists all. */
export const maxShapesShown: number = 40;
/** Of a line that is shown as evidence; more of it helps nobody. */
export const maxShownLineBytes: number = 4 * 1024;
/** UTF-16 units of an item name that are compared with a file name, which has at most 255; characters may have been dropped in between. */
export const maxComparedName: number = 2_048;
/** Sizes in one extended item line that could part subject and mailbox; an honest line has one, a strange subject a few. */
export const maxSplitCandidates: number = 64;
/** Threads of one log file that are kept apart; a service of weeks has a few thousand. */
export const maxThreads: number = 65_536;

/** What was seen of a tenant stays known for so long: a month covers monthly work. A fortnight of learning covers two working weeks. */
export const defaultMemoryMs: number = 30 * 86_400_000;
export const defaultLearningMs: number = 14 * 86_400_000;

/** Rules (standards: Sigma). Expressions and conditions people write are far below these; above them reading and running would no longer be bounded by them. */
export const maxRegexLength: number = 1_024;
export const maxRegexRepeat: number = 1_000;
export const maxRegexNesting: number = 32;
/** Nodes of an expression with every counted repetition written out: what an automaton for it holds. */
export const maxRegexNodes: number = 10_000;
export const maxConditionLength: number = 4_096;
export const maxConditionNesting: number = 32;
export const maxSearchIdentifiers: number = 256;
/** Dashes of one value that a target without classes can write out: 5^4 = 625 variants. */
export const maxDashesWritten: number = 4;
export const maxCorrelationRules: number = 32;
/** Files of rules and cases: twice the public rule set with its tests. */
export const maxRuleFiles: number = 20_000;
/** Events of one replay that rules have matched and that wait to be put in the order of time; of more, the older ones are judged first. */
export const maxEventsForRules: number = 200_000;
/** Correlations that refer to correlations. */
export const maxCorrelationDepth: number = 5;
/** Entries, and distinct values, kept for one group of a correlation; a threshold above it could never be seen. */
export const maxGroupEntries: number = 10_000;
/** Events of one timeline among the cases of a rule: enough to fill a group twice. */
export const maxTimelineEvents: number = 20_000;
/** The longest window: state of a month is kept for every group. */
export const maxTimespanMs: number = 30 * 24 * 3_600_000;
/** Characters between two stars of a value of a rule, `?` among them, that are found in one pass: the table for it grows with their square (2 MB here). */
export const maxLoosePlaces: number = 4_096;
/** Keys of what a tenant has seen: some hundred people, machines and owners in all their pairs over a month. Oldest out. */
export const maxNoveltyKeys: number = 100_000;
/** Restores of a tenant of which it is kept what was new: their revisions come within hours. Oldest out. */
export const maxRememberedRestores: number = 100_000;
/** Longer keys of that memory are kept as hashes of 36 characters; user text has no bound of its own. */
export const maxNoveltyKey: number = 128;
/** Tenants that are remembered. The largest providers have some thousand; without configured tenants any name in a log makes one. */
export const maxRememberedTenants: number = 10_000;

/** Rules on the stream (sigma.md 7.6), for each tenant and correlation. The group whose newest event is the oldest goes. */
export const maxGroups: number = 100_000;
/** Entries of all groups of one correlation: groups and entries of a group alone would allow a milliard of them. */
export const maxCorrelationEntries: number = 500_000;
/** Groups, and tuples of values, that one event may belong to; more is a list that nobody groups by. */
export const maxGroupsOfEvent: number = 16;
/** Ids of events that an alert names: enough to begin with, and an alert stays one message. */
export const maxAlertEvents: number = 50;
/** Restores of one tenant of which is remembered which rules have judged them: some months of an ordinary tenant. */
export const maxRestoresRemembered: number = 100_000;
/** Restores that one correlation has counted and let go: a later revision of them is not counted again. */
export const maxPastRestores: number = 20_000;
/** Restores whose last revision is awaited; what is more is judged at once. */
export const maxSettling: number = 50_000;
/** Keys by which the alerts of one rule are held back. */
export const maxSuppressionKeys: number = 100_000;
/** Firings of one group remembered while a further one is held back; they are at least the suppression apart. */
export const maxFiringsKept: number = 1_000;
/** Tenants with state of their own. Without configured tenants every organisation that a source names is one, and hostile input names many. */
export const maxTenantStates: number = 10_000;
/** An event time so far ahead of the clock moves no watermark: a wrong clock of one machine must not make all others late. */
export const maxTimeAheadMs: number = 10 * 60_000;
/** Defaults of `rules.lateness`, `rules.idle` and `rules.absence_memory` (sigma.md 7.4). */
export const defaultLatenessMs: number = 5 * 60_000;
export const defaultIdleMs: number = 2 * 60_000;
export const defaultAbsenceMemoryMs: number = 30 * 24 * 3_600_000;

/** Organisations that nobody owns, listed for the provider: more are no customers, but somebody who writes names into mails. */
export const maxQuarantinedNames: number = 1_000;
/** A clock that goes forward by more than this against the server was set; a suspended machine is not, as it catches up. */
export const longestForwardMs: number = 3_600_000;
/** Audit mails come within minutes; a relay that is down for longer is a fault of its own. */
export const mailWaitMs: number = 3_600_000;
/** Lines that stay behind a step back before a clock was moved; a forged line or a joined file returns sooner or begins anew. */
export const jumpLines: number = 10;
/** Days of one log that are counted apart: ten years. A hostile file could name any. */
export const maxDaysCounted: number = 3_660;
/** A day with fewer lines has no share to speak of; fewer days have no usual one. */
export const minUnknownDayLines: number = 100;
export const minUnknownDays: number = 5;
/** Unknown lines are unusual above this share and so many times the usual one (detections.md 2). */
export const unknownShare: number = 0.05;
export const unknownFactor: number = 5;
/** Rounds of corrections of one file of rules: a correction may show another one at the same place, and none needs more than three. */
export const maxFixRounds: number = 8;
/** Values of a field, entries of a group and events that an explanation shows one by one: a screen. */
export const maxExplainedEntries: number = 20;
