#!/usr/bin/env bash
# node.sh NAME IMAGE RUN: PID 1 of a node until it becomes systemd. It has fresh namespaces for mounts, processes, names,
# IPC and cgroups; it lays an overlay over the image, gives it the file systems that a machine has, and hands over.
set -euo pipefail

name=$1 image=$2 run=$3
node=$run/nodes/$name
root=$node/root

mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$image,upperdir=$node/upper,workdir=$node/work" "$root"
hostname "$name"

# The machine's own sysctls are for reading; those of the node's network are its own.
mount -t proc -o nosuid,noexec,nodev proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o nosuid,noexec,nodev,ro sysfs "$root/sys"
mount -t cgroup2 -o nosuid,noexec,nodev cgroup2 "$root/sys/fs/cgroup"

mount -t tmpfs -o mode=755,nosuid tmpfs "$root/dev"
while read -r device major minor; do
  mknod -m 666 "$root/dev/$device" c "$major" "$minor"
done <<'END'
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
END
ln -s /proc/self/fd "$root/dev/fd"
for stream in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${stream%:*}" "$root/dev/${stream#*:}"; done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$root/run"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"
: >"$root/dev/console"
mount --bind "$node/console" "$root/dev/console"

# The power switch that the fence agent asks, and the folder where tests leave files.
mkdir -p "$root/power" "$root/exchange"
mount --bind "$run/power" "$root/power"
mount --bind "$run/exchange" "$root/exchange"

mkdir -p "$root/.old"
cd "$root"
pivot_root . .old
exec chroot . /bin/bash -c 'umount -l /.old && exec env -i container=kp2pcm \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /sbin/init' </dev/null >/dev/null 2>&1
