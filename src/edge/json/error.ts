/** JSON that is wrong or breaks off at a known byte; the message says where, for people. */
export class JsonError extends Error {
  /** Byte from the start of the file, from 0. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = "JsonError";
    this.offset = offset;
  }
}
