#!/usr/bin/env bash
# keeper.sh IMAGE NAME NODE...: PID 1 of the namespaces that all of a test cluster lives in: one segment, the nodes, a
# client, a monitor, and a power switch. All of it is in memory and in here: when this process ends, nothing is left but
# empty cgroups, which cluster.ts removes.
set -euo pipefail

image=$1 cluster=$2
nodes=("${@:3}")
here=$(cd "$(dirname "$0")" && pwd)
run=/run/cluster

mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p "$run"/{cgroup,nodes,power,exchange} /run/netns
mount -t cgroup2 cgroup2 "$run/cgroup"
printf '%s\n' "$image" >"$run/image"
printf '%s\n' "$cluster" >"$run/name"
printf '%s\n' "${nodes[@]}" >"$run/names"

# The segment.
ip link set lo up
ip link add segment type bridge stp_state 0 forward_delay 0 mcast_snooping 0
echo 1 >/proc/sys/net/ipv6/conf/segment/disable_ipv6
ip link set segment up

"$here/inside.sh" attach client
"$here/inside.sh" attach monitor

# The power switch: a request is `off NODE`, `on NODE` or `reboot NODE`; $run/power/NODE says on or off.
mkfifo "$run/power/request"
exec 7<>"$run/power/request"
echo ready
exec >/dev/null
while read -r action node <&7; do
  case $action in
    off | reboot) "$here/inside.sh" power-off "$node" || true ;;
  esac
  case $action in
    on) "$here/inside.sh" boot "$node" || true ;;
    # A node that comes back in the middle of a measurement disturbs it, unless it is wanted.
    reboot) if [[ -e $run/power/boots ]]; then "$here/inside.sh" boot "$node" || true; fi ;;
  esac
done
