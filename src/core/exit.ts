/** Every exit code of the command line, with the meaning that `codes` and the README show. */
export const exitCodes = {
  done: { code: 0, meaning: "done, also when nothing was due" },
  bug: { code: 1, meaning: "a bug in findmehere; the message says how to report it" },
  usage: {
    code: 2,
    meaning:
      "wrong usage: an unknown option, a post or destination that does not exist, a move that the states do not allow",
  },
  needsPerson: {
    code: 3,
    meaning:
      "finished, but something of this run needs you: downloads failed, links expired, a file differs, `check` found what stops a draft",
  },
  input: {
    code: 65,
    meaning: "the input cannot be read: missing, not a TikTok archive, broken zip, broken JSON",
  },
  machine: { code: 69, meaning: "something is missing on this machine" },
  later: {
    code: 75,
    meaning: "try later: another run is writing the library, or the site asks to slow down",
  },
  signIn: { code: 77, meaning: "sign-in needed, or the site wants a human" },
  settings: { code: 78, meaning: "the settings are wrong" },
  interrupted: { code: 130, meaning: "interrupted with Ctrl-C; the library is left right" },
} as const;

/** The name of an exit code. */
export type ExitName = keyof typeof exitCodes;
