"""probe.py ADDRESS...: probes addresses of the test cluster every 10 ms until its standard input ends, and prints what it
saw as JSON, one object per address. Runs in the cluster's namespaces (see keeper.sh), as root.

From the client: an ICMP echo through the client's own neighbour cache, as any client's packet goes; the node that answered
is the source MAC address of the answer. A probe is lost if it is never answered.
From the monitor, at the same pace: an ARP request, or a neighbour solicitation, that every holder answers. Two MAC
addresses that answer one request are two owners. Nobody's cache changes by it: the sender is 0.0.0.0, or the monitor.

The machine may be busy. A probe that was sent late is no loss, and one that waited in a socket of ours neither: answers
carry the time at which the kernel saw them, and packets that the kernel dropped before we read them are counted
(`unread`), so that a run where we were too slow is told from one where a node was.
"""

import ipaddress
import json
import os
import select
import socket
import struct
import sys
import time

INTERVAL_S = 0.01
LINGER_S = 0.5
CLONE_NEWNET = 0x40000000
SOL_PACKET, PACKET_STATISTICS = 263, 6
SO_TIMESTAMPNS = 35


def enter(name):
    """From here on new sockets are in this namespace."""
    import ctypes

    with open("/run/netns/" + name) as namespace:
        if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns " + name)


def listen(protocol):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(protocol))
    s.bind(("eth0", protocol))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    s.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    s.setblocking(False)
    return s


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def node_of(mac):
    """Nodes have 02:00:00:00:00:NN; a virtual MAC address stays as it is."""
    return "lb%d" % mac[5] if mac[:5] == b"\2\0\0\0\0" else mac.hex(":")


class Target:
    """One address, and what became of its probes."""

    def __init__(self, text, index):
        self.text, self.index = text, index
        self.ip = ipaddress.ip_address(text)
        self.packed = self.ip.packed
        self.sent, self.answered, self.errors = {}, {}, 0
        self.rounds, self.announced = [], {}

    def echo(self, sequence):
        body = struct.pack("!HHIH", os.getpid() & 0xFFFF, sequence & 0xFFFF, sequence, self.index)
        if self.ip.version == 6:
            return struct.pack("!BBH", 128, 0, 0) + body
        return struct.pack("!BBH", 8, 0, checksum(b"\x08\0\0\0" + body)) + body

    def question(self, own_mac, own_v6):
        if self.ip.version == 4:
            head = b"\xff" * 6 + own_mac + b"\x08\x06" + struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1)
            return head + own_mac + bytes(4) + bytes(6) + self.packed
        group = b"\xff\x02" + bytes(9) + b"\1\xff" + self.packed[13:]
        message = struct.pack("!BBHI", 135, 0, 0, 0) + self.packed + b"\1\1" + own_mac
        pseudo = own_v6 + group + struct.pack("!II", len(message), 58)
        message = message[:2] + struct.pack("!H", checksum(pseudo + message)) + message[4:]
        ip = struct.pack("!IHBB", 6 << 28, len(message), 58, 255) + own_v6 + group
        return b"\x33\x33" + group[12:] + own_mac + b"\x86\xdd" + ip + message


targets = [Target(text, index) for index, text in enumerate(sys.argv[1:])]
by_address = {target.packed: target for target in targets}

enter("client")
senders = {
    4: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    6: socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6),
}
for sender in senders.values():
    sender.setblocking(False)
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)  # answers are read below
echoes = [listen(0x0800), listen(0x86DD)]
enter("monitor")
asker = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
asker.bind(("eth0", 0))
own_mac = asker.getsockname()[4]
own_v6 = ipaddress.ip_address("2001:db8:77::101").packed
holders = [listen(0x0806), listen(0x86DD)]
questions = [target.question(own_mac, own_v6) for target in targets]

try:
    os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(20))
except OSError:
    pass


def take_echo(frame, at):
    version = frame[14] >> 4
    if version == 4:
        start, protocol, source, wanted = 14 + (frame[14] & 15) * 4, frame[23], frame[26:30], (1, 0)
    else:
        start, protocol, source, wanted = 54, frame[20], frame[22:38], (58, 129)
    target = by_address.get(source)
    if target is None or (protocol, frame[start]) != wanted:
        return
    ident, _, sequence, index = struct.unpack("!HHIH", frame[start + 4 : start + 14])
    if ident == os.getpid() & 0xFFFF and index == target.index and sequence in target.sent:
        target.answered.setdefault(sequence, (at, node_of(frame[6:12])))


def take_holder(frame, at):
    if frame[12:14] == b"\x08\x06":
        operation, source, asked = struct.unpack("!H", frame[20:22])[0], frame[28:32], frame[38:42]
        answers, announces = operation == 2 and source != asked, source == asked
    elif frame[20] == 58 and frame[54] == 136:
        source, solicited = frame[62:78], frame[58] & 0x40
        answers, announces = solicited, not solicited
    else:
        return
    target = by_address.get(source)
    if target is None:
        return
    node = node_of(frame[6:12])
    if announces:
        target.announced.setdefault(node, []).append(at)
    elif answers and target.rounds:
        target.rounds[-1][1].add(node)


def read_all(listener, take):
    while True:
        try:
            frame, control, _, _ = listener.recvmsg(2048, 64)
        except BlockingIOError:
            return
        seconds, nanoseconds = struct.unpack("qq", control[0][2][:16])
        take(frame, seconds + nanoseconds / 1e9)


def drop_answers():
    for sender in senders.values():
        try:
            while sender.recv(2048):
                pass
        except OSError:
            pass


def send_round(sequence):
    for target, question in zip(targets, questions):
        target.sent[sequence] = time.time()
        try:
            senders[target.ip.version].sendto(target.echo(sequence), (target.text, 0))
        except OSError:
            target.errors += 1
        target.rounds.append((time.time(), set()))
        asker.send(question)


def runs_of(sequences):
    """[[first, how many], ...] of those that follow one another."""
    found = []
    for sequence in sequences:
        if found and sequence == found[-1][0] + found[-1][1]:
            found[-1][1] += 1
        else:
            found.append([sequence, 1])
    return found


def report(target, begin):
    ms = lambda at: round((at - begin) * 1000)
    lost = [s for s in target.sent if s not in target.answered]
    arrivals = sorted(at for at, _ in target.answered.values())
    points = [begin, *arrivals, max(target.sent.values(), default=begin)]
    gap, gap_at = max(((b - a, a) for a, b in zip(points, points[1:])), default=(0, begin))
    changes, answers = [], {}
    for sequence in sorted(target.answered):
        node = target.answered[sequence][1]
        answers[node] = answers.get(node, 0) + 1
        if not changes or changes[-1][1] != node:
            changes.append([ms(target.sent[sequence]), node])
    double = [at for at, nodes in target.rounds if len(nodes) > 1]
    return {
        "address": target.text,
        "sent": len(target.sent),
        "lost": len(lost),
        "lostRuns": [[ms(target.sent[first]), count] for first, count in runs_of(lost)],
        "longestGapMs": round(gap * 1000),
        "gapAtMs": ms(gap_at),
        "answers": answers,
        "changes": changes,
        "twoOwnersMs": round(len(double) * INTERVAL_S * 1000),
        "twoOwnersAtMs": ms(double[0]) if double else None,
        "nobodyMs": round(sum(1 for _, nodes in target.rounds if not nodes) * INTERVAL_S * 1000),
        "announcements": {node: len(times) for node, times in target.announced.items()},
        "sendErrors": target.errors,
    }


def main():
    poll = select.poll()
    poll.register(0, select.POLLIN | select.POLLHUP)
    takers = {s.fileno(): (s, take_echo) for s in echoes} | {s.fileno(): (s, take_holder) for s in holders}
    for number in takers:
        poll.register(number, select.POLLIN)
    begin, sequence, latest = time.time(), 0, 0.0
    due, end = time.monotonic(), None
    print(json.dumps({"beganAtMs": begin * 1000}), flush=True)
    while end is None or time.monotonic() < end:
        now = time.monotonic()
        if end is None and now >= due:
            latest = max(latest, now - due)
            send_round(sequence)
            sequence += 1
            due = max(due + INTERVAL_S, now)  # late is late: no burst to make up for it
        wait = max(0.0, (due if end is None else end) - time.monotonic())
        for number, event in poll.poll(wait * 1000):
            if number == 0:
                poll.unregister(0)
                end = time.monotonic() + LINGER_S
            else:
                read_all(*takers[number])
        drop_answers()
    unread = sum(
        struct.unpack("II", s.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1] for s, _ in takers.values()
    )
    print(
        json.dumps(
            {
                "latestSendMs": round(latest * 1000),
                "unread": unread,
                "addresses": [report(target, begin) for target in targets],
            }
        )
    )


main()
