#!/bin/sh
# Becomes the daemon, as process 1 of namespaces of its own: STAGE ARGUMENTS-OF-KEEPALIVED…
# STAGE is a folder that holds keepalived, what it needs, and a list of the interfaces to make.
# Nothing of it outlives the process: interfaces and mounts go with the namespaces.
stage=$1
shift
ip link set lo up
ip -force -batch "$stage/interfaces" >/dev/null 2>&1
mount -t tmpfs none "$stage/run" || exit 99
mount -t proc none "$stage/proc" || exit 99
mkdir -p "$stage/run/netns" && : >"$stage/run/netns/own"
mount --bind /proc/self/ns/net "$stage/run/netns/own" || exit 99
chroot=$(command -v chroot)
exec env -i PATH=/usr/bin "$chroot" "$stage" /usr/sbin/keepalived "$@"
