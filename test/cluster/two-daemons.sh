#!/bin/sh
# Two daemons on one wire: FIRST.conf SECOND.conf SECONDS HOLDERS. Waits for SECONDS, and for as many holders of 192.0.2.10,
# at most a minute. Prints for each daemon whether it holds the address, and its log.
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
holds() {
  ip -n "$1" -o addr show dev eth0 | grep -q 192.0.2.10/
}
holders() {
  for node in one two; do if holds "$node"; then echo "$node"; fi; done | wc -l
}
sleep "$3"
tries=0
while [ "$(holders)" -ne "$4" ] && [ "$tries" -lt 60 ]; do
  sleep 1
  tries=$((tries + 1))
done
for node in one two; do
  if holds "$node"; then echo "$node holds it"; else echo "$node waits"; fi
  cat "/run/$node.log"
done
