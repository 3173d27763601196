/** Something the person at the keyboard can mend. The command prints the message alone, without a stack. */
export class Problem extends Error {
  override name = "Problem";
  constructor(message: string, readonly exitCode = 1) {
    super(message);
  }
}
