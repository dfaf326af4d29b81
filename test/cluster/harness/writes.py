"""A service that acknowledges each write, and a client that counts: what a file server would be, were there one here.

writes.py serve FILE             on a node: appends each number that comes to FILE, then sends it back.
writes.py write ADDRESS COUNT    on the client: sends the numbers from 1 on through ADDRESS, one after the other, each until it
                                 is acknowledged; ends when COUNT are and its standard input has ended. Prints JSON.
"""

import json
import select
import socket
import socketserver
import sys
import time

PORT = 7000


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for line in self.rfile:
            with open(sys.argv[2], "ab", buffering=0) as file:
                file.write(line)
            self.wfile.write(line)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def write(address, count):
    number, reconnects, slowest, connection = 0, -1, 0.0, None
    ended = False
    while number < count or not ended:
        if number % 100 == 0 and not ended:
            ended = bool(select.select([sys.stdin], [], [], 0)[0])
        began = time.monotonic()
        line = b"%d\n" % (number + 1)
        while True:
            try:
                if connection is None:
                    reconnects += 1
                    connection = socket.create_connection((address, PORT), timeout=20)
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.sendall(line)
                answer = b""
                while not answer.endswith(b"\n"):
                    part = connection.recv(64)
                    if not part:
                        raise OSError("closed")
                    answer += part
                break
            except OSError:
                connection = None
                time.sleep(0.05)
        number += 1
        slowest = max(slowest, time.monotonic() - began)
    print(json.dumps({"acknowledged": number, "slowestMs": round(slowest * 1000), "reconnects": reconnects}))


if sys.argv[1] == "serve":
    Server(("0.0.0.0", PORT), Handler).serve_forever()
else:
    write(sys.argv[2], int(sys.argv[3]))
