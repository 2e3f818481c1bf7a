/** Exit codes of every command: a contract (architecture, section 8). */
export const exitCodes = {
  done: 0,
  /** the work found problems: a check failed, a path could not be read, output could not be written, events were not delivered */
  problems: 1,
  /** command line or configuration is wrong; nothing was started */
  usage: 2,
  /** we are wrong */
  internal: 3,
  /** Ctrl-C: 128 + SIGINT */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
