/** Where a probe goes, and for whom. Every kind of probe takes one. */
export interface Aim {
  /** Null for a control. */
  service: string | null;
  /** Host name, or the address when there is none. */
  target: string;
  address: string;
  port: number;
  /** Ends this probe; it then rejects with the signal's reason and leaves no record. */
  signal: AbortSignal;
  /** False where silence would be no evidence: then it does not wait for retransmissions to fail. */
  patient?: boolean;
}
