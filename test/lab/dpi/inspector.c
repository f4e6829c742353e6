/*
 * A middlebox of the lab: nDPI in the way of the client's UDP. A flow whose label contains the word given is dropped from
 * that packet on. nDPI's own memory of servers and clients works as it ships: it marks later flows as well.
 *
 * usage: inspector QUEUE WORD          (Debian 12: libndpi-dev 4.2, libnetfilter-queue-dev 1.0.5)
 */
#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libnetfilter_queue/libnetfilter_queue.h>
#include <ndpi/ndpi_api.h>

enum { flows_max = 4096, queue_room = 4096 };

struct flow {
  uint32_t low, high;
  uint16_t low_port, high_port;
  int dropped;
  struct ndpi_flow_struct *seen;
};

static struct flow flows[flows_max];
static unsigned flows_used;
static struct ndpi_detection_module_struct *engine;
static const char *word;

static uint64_t now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* Both directions are one flow. A table that is full would let packets pass unseen: better to end, and break the lab. */
static struct flow *find_flow(uint32_t from, uint16_t from_port, uint32_t to, uint16_t to_port) {
  struct flow key = {from, to, from_port, to_port, 0, NULL};
  if (from > to || (from == to && from_port > to_port)) key = (struct flow){to, from, to_port, from_port, 0, NULL};
  for (unsigned index = 0; index < flows_used; index++) {
    struct flow *one = &flows[index];
    if (one->low == key.low && one->high == key.high && one->low_port == key.low_port && one->high_port == key.high_port)
      return one;
  }
  if (flows_used == flows_max) exit(4);
  key.seen = ndpi_flow_malloc(ndpi_detection_get_sizeof_ndpi_flow_struct());
  if (key.seen == NULL) exit(4);
  memset(key.seen, 0, ndpi_detection_get_sizeof_ndpi_flow_struct());
  flows[flows_used] = key;
  return &flows[flows_used++];
}

/* IPv4 and UDP only, as the rule of the router hands them over. */
static int must_drop(const unsigned char *packet, int length) {
  const int header = length > 0 ? (packet[0] & 0x0f) * 4 : 0;
  if (header < 20 || length < header + 8 || packet[9] != IPPROTO_UDP) return 0;
  uint32_t from, to;
  uint16_t from_port, to_port;
  memcpy(&from, packet + 12, 4);
  memcpy(&to, packet + 16, 4);
  memcpy(&from_port, packet + header, 2);
  memcpy(&to_port, packet + header + 2, 2);
  struct flow *flow = find_flow(from, from_port, to, to_port);
  const ndpi_protocol found =
      ndpi_detection_process_packet(engine, flow->seen, packet, (unsigned short)length, now_ms());
  char label[64];
  ndpi_protocol2name(engine, found, label, sizeof(label));
  if (strstr(label, word) != NULL) flow->dropped = 1;
  return flow->dropped;
}

static int on_packet(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *data, void *unused) {
  (void)message;
  (void)unused;
  unsigned char *packet = NULL;
  const int length = nfq_get_payload(data, &packet);
  const struct nfqnl_msg_packet_hdr *header = nfq_get_msg_packet_hdr(data);
  const uint32_t verdict = must_drop(packet, length) ? NF_DROP : NF_ACCEPT;
  return nfq_set_verdict(queue, header == NULL ? 0 : ntohl(header->packet_id), verdict, 0, NULL);
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  word = arguments[2];
  engine = ndpi_init_detection_module(ndpi_no_prefs);
  if (engine == NULL) return 3;
  NDPI_PROTOCOL_BITMASK all;
  NDPI_BITMASK_SET_ALL(all);
  ndpi_set_protocol_detection_bitmask2(engine, &all);
  ndpi_finalize_initialization(engine);

  struct nfq_handle *netfilter = nfq_open();
  if (netfilter == NULL) return 3;
  struct nfq_q_handle *queue = nfq_create_queue(netfilter, (uint16_t)atoi(arguments[1]), on_packet, NULL);
  if (queue == NULL || nfq_set_mode(queue, NFQNL_COPY_PACKET, 0xffff) < 0) return 3;
  nfq_set_queue_maxlen(queue, queue_room);
  printf("nDPI %s, dropping %s\n", ndpi_revision(), word);
  fflush(stdout);

  char buffer[0x10000] __attribute__((aligned));
  for (;;) {
    const ssize_t length = recv(nfq_fd(netfilter), buffer, sizeof(buffer), 0);
    if (length > 0) nfq_handle_packet(netfilter, buffer, (int)length);
  }
}
