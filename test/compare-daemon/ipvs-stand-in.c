/*
 * Stands in for a kernel with IPVS, and for the files of TLS clients: preloaded into the daemon, whose checkers end before
 * they dump what they have understood if the kernel does not take the virtual servers.
 */
struct nl_sock;
struct nl_msg;
struct ssl_ctx;
typedef int (*callback)(struct nl_msg *, void *);

/* NL_CB_ACK of libnl. */
enum { of_acknowledgement = 4 };

static int *acknowledged;

int genl_ctrl_resolve(struct nl_sock *sock, const char *name) {
  (void)sock;
  (void)name;
  return 1;
}

/* The daemon hands over the flag that an answer has to set. */
int nl_socket_modify_cb(struct nl_sock *sock, int type, int kind, callback function, void *argument) {
  (void)sock;
  (void)kind;
  (void)function;
  if (type == of_acknowledgement) acknowledged = argument;
  return 0;
}

int nl_send_auto(struct nl_sock *sock, struct nl_msg *message) {
  (void)sock;
  (void)message;
  return 0;
}

int nl_recvmsgs_default(struct nl_sock *sock) {
  (void)sock;
  if (acknowledged) *acknowledged = 1;
  return 0;
}

int SSL_CTX_use_certificate_chain_file(struct ssl_ctx *context, const char *file) {
  (void)context;
  (void)file;
  return 1;
}

int SSL_CTX_use_PrivateKey_file(struct ssl_ctx *context, const char *file, int type) {
  (void)context;
  (void)file;
  (void)type;
  return 1;
}

int SSL_CTX_load_verify_locations(struct ssl_ctx *context, const char *file, const char *path) {
  (void)context;
  (void)file;
  (void)path;
  return 1;
}
