import { expect, it } from 'vitest';
import { readCounts } from './capture.ts';

it("reads dumpcap's own count of packets", () => {
  const said = "Packets captured: 12\nPackets received/dropped on interface 'lan': 12/3 (pcap:0/dumpcap:3/flushed:0)";
  expect(readCounts(said)).toEqual({ received: 12, dropped: 3 });
  expect(readCounts('Capturing on lan')).toBeUndefined();
});
