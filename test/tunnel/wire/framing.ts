/** Tells the messages of one tunnel protocol from all other bytes, in the order in which they were on the wire. */
export interface Framing {
  /** Takes in what the server sent: later messages of the client have to fit it. */
  hear(payload: Buffer): void;
  /** Why these bytes of the client are no message of the tunnel; undefined when they are one. */
  fault(payload: Buffer): string | undefined;
}
