#!/usr/bin/env bash
# Runs the project's own verification on the pcs and Pacemaker of Debian releases, each in a root that debootstrap makes:
#   on-debian.sh [RELEASE…] [-- FIXTURE|FOLDER…]
# Without a release: bullseye bookworm trixie. What follows -- goes to npm run verify:fixtures, which takes all fixtures
# without it; SCENARIOS (a number) is for that, too. All of it takes more than an hour.
# As root, with debootstrap and a mirror (MIRROR, default: http://deb.debian.org/debian). The roots stay in ROOTS
# (default: /var/tmp/kp2pcm-roots) and are used again. Node of this machine runs kp2pcm; the root's programs answer it.
set -euo pipefail
cd "$(dirname "$0")/../.."

ROOTS=${ROOTS:-/var/tmp/kp2pcm-roots}
MIRROR=${MIRROR:-http://deb.debian.org/debian}
releases=()
while (($# > 0)) && [[ $1 != -- ]]; do
  releases+=("$1")
  shift
done
if (($# > 0)); then shift; fi
if ((${#releases[@]} == 0)); then releases=(bullseye bookworm trixie); fi

make_root() { # RELEASE
  local root=$ROOTS/$1
  if [[ -e $root/usr/sbin/pcs ]]; then return 0; fi
  debootstrap --variant=minbase "$1" "$root" "$MIRROR"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod +x "$root/usr/sbin/policy-rc.d"
  chroot "$root" apt-get update -q
  DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -q -y --no-install-recommends \
    pcs pacemaker-cli-utils resource-agents
}

# Small programs of the same names that ask the root's. The folder for temporary files is the same inside and outside.
make_stubs() { # RELEASE FOLDER
  local name
  mkdir -p "$2/bin" "$ROOTS/$1$2/files"
  for name in pcs crm_simulate crm_verify cibadmin; do
    printf '#!/bin/sh\nexec chroot %q %s "$@"\n' "$ROOTS/$1" "$name" >"$2/bin/$name"
    chmod +x "$2/bin/$name"
  done
  mkdir -p "$2/files"
  mount --bind "$2/files" "$ROOTS/$1$2/files"
}

# Also when it is interrupted.
clean_up() {
  if [[ -z $folder ]]; then return 0; fi
  umount "$ROOTS/$release$folder/files"
  rm -rf "$folder" "${ROOTS:?}/$release$folder"
  folder=
}
folder=
trap clean_up EXIT

status=0
for release in "${releases[@]}"; do
  make_root "$release"
  folder=$(mktemp -d /tmp/kp2pcm-debian.XXXXXX)
  make_stubs "$release" "$folder"
  echo "=== $release"
  PATH=$folder/bin:$PATH TMPDIR=$folder/files npm run -s verify:fixtures -- "$@" || status=1
  clean_up
done
exit "$status"
