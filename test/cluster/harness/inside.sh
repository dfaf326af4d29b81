#!/usr/bin/env bash
# inside.sh VERB ...: what is done to the machines of a test cluster, from inside its namespaces (see keeper.sh).
#   attach NAME             a network namespace on the segment: node, client or monitor
#   boot NODE               power on; what runs already is left alone
#   power-off NODE          the cable first, then every process, as in a power cut
#   cable NODE up|down
#   enter NODE COMMAND...   runs a command in a node; in client and monitor with this machine's own programs
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
run=/run/cluster

# The last part of the addresses: 192.0.2.N and 2001:db8:77::N, and of the MAC address.
number_of() {
  case $1 in
    client) echo 100 ;;
    monitor) echo 101 ;;
    *) grep -nxF -- "$1" "$run/names" | cut -d: -f1 ;;
  esac
}

attach() { # NAME
  local number
  number=$(number_of "$1")
  if ip netns list | grep -qE "^$1( |\$)"; then ip netns del "$1"; fi
  ip link del "port-$1" 2>/dev/null || true
  ip netns add "$1"
  ip link add "port-$1" type veth peer name eth0 netns "$1"
  ip -n "$1" link set eth0 address "$(printf '02:00:00:00:00:%02x' "$number")"
  ip -n "$1" link set lo up
  ip -n "$1" addr add "192.0.2.$number/24" brd + dev eth0
  ip -n "$1" addr add "2001:db8:77::$number/64" dev eth0 nodad
  ip -n "$1" link set eth0 up
  echo 1 >"/proc/sys/net/ipv6/conf/port-$1/disable_ipv6"
  ip link set "port-$1" master segment up
}

pid_of() { # NODE
  local pid
  pid=$(cat "$run/nodes/$1/pid" 2>/dev/null || true)
  if [[ -n $pid && -e /proc/$pid ]]; then echo "$pid"; fi
}

prepare_disk() { # NODE
  local folder=$run/nodes/$1 name number=0
  if [[ -e $folder/upper ]]; then return 0; fi
  mkdir -p "$folder"/{upper/etc,work,root}
  printf '%s\n' "$1" >"$folder/upper/etc/hostname"
  printf '%s\n' "$(tr -d - </proc/sys/kernel/random/uuid)" >"$folder/upper/etc/machine-id"
  {
    echo '127.0.0.1 localhost'
    while read -r name; do
      number=$((number + 1))
      echo "192.0.2.$number $name"
    done <"$run/names"
  } >"$folder/upper/etc/hosts"
  # hacluster's password is `password`.
  awk -v hash="$(openssl passwd -6 password)" -F: -v OFS=: '$1 == "hacluster" { $2 = hash } 1' \
    "$(cat "$run/image")/etc/shadow" >"$folder/upper/etc/shadow"
  chmod 640 "$folder/upper/etc/shadow"
  chgrp --reference="$(cat "$run/image")/etc/shadow" "$folder/upper/etc/shadow"
}

boot() { # NODE
  local folder=$run/nodes/$1 group starter pid=
  if [[ -n $(pid_of "$1") ]]; then return 0; fi
  attach "$1"
  prepare_disk "$1"
  : >"$folder/console"
  group=$run/cgroup/kp2pcm-$(cat "$run/name")-$1
  mkdir -p "$group"
  (
    echo "$BASHPID" >"$group/cgroup.procs"
    exec setsid nsenter --net="/run/netns/$1" \
      unshare --mount --pid --uts --ipc --cgroup --fork --kill-child \
      "$here/node.sh" "$1" "$(cat "$run/image")" "$run"
  ) </dev/null >"$folder/boot.log" 2>&1 &
  starter=$!
  for _ in {1..100}; do
    pid=$(cat "/proc/$starter/task/$starter/children" 2>/dev/null || true)
    pid=${pid%% *}
    if [[ -n $pid && $(cat "/proc/$pid/comm" 2>/dev/null) == systemd ]]; then
      printf '%s\n' "$pid" >"$folder/pid"
      echo on >"$run/power/$1"
      return 0
    fi
    if [[ ! -e /proc/$starter ]]; then break; fi
    sleep 0.1
  done
  echo "$1 does not boot: $(cat "$folder/boot.log")" >&2
  return 1
}

power_off() { # NODE
  local pid
  ip link set "port-$1" down 2>/dev/null || true
  pid=$(pid_of "$1")
  if [[ -n $pid ]]; then
    # PID 1 of the node's own process namespace: all of the node ends with it.
    kill -KILL "$pid"
    while [[ -e /proc/$pid ]]; do sleep 0.05; done
  fi
  rm -f "$run/nodes/$1/pid"
  echo off >"$run/power/$1"
}

enter() { # NODE COMMAND...
  local pid
  case $1 in
    client | monitor) exec ip netns exec "$@" ;;
  esac
  pid=$(pid_of "$1")
  if [[ -z $pid ]]; then
    echo "$1 is not running" >&2
    exit 1
  fi
  # In the node's cgroup too: systemd kills what is outside of a unit only at its end.
  exec nsenter --target "$pid" --mount --uts --ipc --net --pid --cgroup --root --wd -- env -i \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="${TERM:-dumb}" \
    LC_ALL=C.UTF-8 "${@:2}"
}

case $1 in
  attach) attach "$2" ;;
  boot) boot "$2" ;;
  power-off) power_off "$2" ;;
  cable) ip link set "port-$2" "$3" ;;
  enter) enter "${@:2}" ;;
  *) exit 2 ;;
esac
