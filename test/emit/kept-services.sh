#!/bin/bash
# In namespaces of its own: FOLDER WAY. Runs the real keepalived of FOLDER/whole.conf as a unit of a systemctl that is
# played here, stops it the usual way or as migrate.sh does, and starts the checker. What it told the kernel in each part
# comes out, with the state of the address.
set -euo pipefail
folder=$1
export PATH=$folder/bin:$PATH IPVS_COMMANDS=$folder/commands
ip link set lo up
ip link add veth0 type veth peer name veth1
ip link set veth0 up
ip link set veth1 up
ip addr add 10.9.9.1/24 dev veth0
mount -t tmpfs none /run

part() {
  echo "$1: $(sort -n "$IPVS_COMMANDS" 2>/dev/null | tr '\n' ' ')"
  : >"$IPVS_COMMANDS"
}
holds() { ip -o addr show dev veth0 to 10.9.9.10 | grep -c . || true; }

LD_PRELOAD=$folder/recorder.so keepalived --dont-fork --log-console --no-syslog -f "$folder/whole.conf" >"$folder/log" 2>&1 &
echo $! >"$folder/main"
for _ in {1..300}; do
  if (($(holds) > 0)); then break; fi
  sleep 0.1
done
echo "address before: $(holds)"
part start

# No unit is here: every process is taken for one of it.
grep() { [[ ${2:-} == '/keepalived.service$' ]] || command grep "$@"; }
# shellcheck source=/dev/null
. "$folder/functions"
if [[ $2 == usual ]]; then systemctl stop keepalived.service; else node_stop_but_for_services keepalived.service; fi
echo "address after: $(holds)"
part stop

LD_PRELOAD=$folder/recorder.so keepalived --dont-fork --check --log-console --no-syslog -f "$folder/checker.conf" >>"$folder/log" 2>&1 &
for _ in {1..300}; do
  if [[ $(wc -l <"$IPVS_COMMANDS") -ge 5 ]]; then break; fi
  sleep 0.1
done
part checker
