#!/usr/bin/env bash
# make-root.sh RELEASE FOLDER: makes a root of a Debian release with its pcs, crmsh and Pacemaker in FOLDER, or
# completes one that was begun. As root. MIRROR is where its packages come from.
set -euo pipefail

release=$1 root=$2
mirror=${MIRROR:-http://deb.debian.org/debian}
packages=(pcs crmsh pacemaker-cli-utils resource-agents fence-agents ldirectord iproute2 iputils-arping bc)

made=$root/.kp2pcm-release
if [[ -e $made ]]; then exit 0; fi

if [[ ! -x $root/usr/bin/apt-get ]]; then
  debootstrap --variant=minbase "$release" "$root" "$mirror"
fi

# Nothing that is installed there is started: the root shares the network of this machine.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
if [[ ! -e $root/proc/self ]]; then mount -t proc proc "$root/proc"; fi
trap 'umount "$root/proc"' EXIT
chroot "$root" apt-get update -q
DEBIAN_FRONTEND=noninteractive chroot "$root" \
  apt-get install -q -y --no-install-recommends "${packages[@]}"
printf '%s\n' "$release" >"$made"
