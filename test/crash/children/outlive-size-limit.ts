// Loaded with `node --import`: a write over the limit of `ulimit -f` then fails, as a write to a full disk
// does, where it would end the process.
process.on("SIGXFSZ", () => undefined);
