/*
 * Stands in for a kernel with IPVS, preloaded into keepalived: takes every command, and writes the number of each into the
 * file that the environment names, a line each.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct nl_sock;
struct nl_msg;
typedef int (*callback)(struct nl_msg *, void *);

unsigned char *nlmsg_hdr(struct nl_msg *);

/* NL_CB_ACK of libnl. */
enum { of_acknowledgement = 4, header_bytes = 16 };

static int *acknowledged;

int genl_ctrl_resolve(struct nl_sock *sock, const char *name) {
  (void)sock;
  (void)name;
  return 1;
}

int nl_socket_modify_cb(struct nl_sock *sock, int type, int kind, callback function, void *argument) {
  (void)sock;
  (void)kind;
  (void)function;
  if (type == of_acknowledgement) acknowledged = argument;
  return 0;
}

/* Behind the header of netlink comes that of IPVS, whose first byte is the command. */
int nl_send_auto(struct nl_sock *sock, struct nl_msg *message) {
  char line[16];
  int length = snprintf(line, sizeof line, "%d\n", nlmsg_hdr(message)[header_bytes]);
  int file = open(getenv("IPVS_COMMANDS"), O_WRONLY | O_APPEND | O_CREAT, 0644);
  (void)sock;
  if (file < 0 || write(file, line, length) != length) abort();
  close(file);
  return 0;
}

int nl_recvmsgs_default(struct nl_sock *sock) {
  (void)sock;
  if (acknowledged) *acknowledged = 1;
  return 0;
}
