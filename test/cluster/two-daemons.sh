#!/bin/sh
# Two daemons on one wire: FIRST.conf SECOND.conf SECONDS. Prints for each of them whether it holds 192.0.2.10, and its log.
# Runs as process 1 of namespaces of its own, with which everything ends.
set -eu
mount -t tmpfs none /run
mkdir -p /run/netns
ip link add one type veth peer name two
for node in one two; do
  ip netns add "$node"
  ip link set "$node" netns "$node" name eth0
  ip -n "$node" link set eth0 up
done
ip -n one addr add 192.0.2.1/24 dev eth0
ip -n two addr add 192.0.2.2/24 dev eth0
start() {
  ip netns exec "$1" keepalived --vrrp --dont-fork --log-console --log-detail --no-syslog --use-file "$2" \
    --pid "/run/$1.pid" --vrrp_pid "/run/$1-vrrp.pid" >"/run/$1.log" 2>&1 &
}
start one "$1"
start two "$2"
sleep "$3"
for node in one two; do
  if ip -n "$node" -o addr show dev eth0 | grep -q 192.0.2.10/; then echo "$node holds it"; else echo "$node waits"; fi
  cat "/run/$node.log"
done
