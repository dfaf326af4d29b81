#!/usr/bin/env bash
# image.sh FOLDER: makes the root that all nodes of the test cluster share, of the Debian (or Ubuntu) that runs here and
# from where its own apt gets packages. As root, with debootstrap; takes a minute and 700 MB, once. It is complete when
# FOLDER exists. Nothing of it is started here.
set -euo pipefail
umask 022

folder=$1
packages=(
  # what a user of the migration has
  keepalived pacemaker pacemaker-cli-utils corosync pcs resource-agents openssh-server
  iproute2 iputils-arping bc cron
  # what the tests ask inside the nodes
  python3 nftables psmisc procps iputils-ping
)

# shellcheck source=/dev/null
. /etc/os-release

# The first source of this release in deb822 or in one-line form: `MIRROR COMPONENTS`.
source_of_release() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -e $file ]] || continue
    awk -v suite="$VERSION_CODENAME" -v RS= '
      { uri = ""; found = 0; components = ""
        lines = split($0, line, "\n")
        for (i = 1; i <= lines; i++) {
          words = split(line[i], word, /[ \t]+/)
          if (word[1] == "URIs:") uri = word[2]
          for (j = 2; j <= words; j++) {
            if (word[1] == "Suites:" && word[j] == suite) found = 1
            if (word[1] == "Components:") components = components (j > 2 ? "," : "") word[j]
          }
        }
        if (found && uri != "") { print uri, components; exit } }' "$file"
  done
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -E 's/\[[^]]*\] *//' |
    awk -v suite="$VERSION_CODENAME" '
      $1 == "deb" && $3 == suite {
        for (i = 4; i <= NF; i++) components = components (i > 4 ? "," : "") $i
        print $2, components; exit }'
}

read -r mirror components <<<"$(source_of_release | sed -n 1p)"
if [[ -z ${mirror:-} ]]; then
  echo "No apt source of $VERSION_CODENAME is configured here: there is nothing to make a node of." >&2
  exit 1
fi

# In mounts of its own, which end with the script.
if [[ ${KP2PCM_IMAGE_INSIDE:-} != yes ]]; then
  KP2PCM_IMAGE_INSIDE=yes exec unshare --mount "$0" "$folder"
fi

root=$folder.new
rm -rf --one-file-system "$root"
mkdir -p "$root"
debootstrap --variant=minbase --components="$components" \
  --include=systemd,systemd-sysv,dbus,libpam-systemd,passwd "$VERSION_CODENAME" "$root" "$mirror"

printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
# How this machine reaches the mirror, and whom it trusts.
cp -L /etc/resolv.conf "$root/etc/resolv.conf" || true
grep -rhi proxy /etc/apt/apt.conf /etc/apt/apt.conf.d >"$root/etc/apt/apt.conf.d/99proxy" 2>/dev/null || true
mount -t proc proc "$root/proc"
chroot "$root" apt-get update -q
DEBIAN_FRONTEND=noninteractive chroot "$root" \
  apt-get install -q -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "${packages[@]}"
chroot "$root" apt-get clean
rm -f "$root/usr/sbin/policy-rc.d" "$root/etc/resolv.conf"

# What has nothing to do in a node without disks, consoles and seats.
chroot "$root" systemctl mask getty.target console-getty.service systemd-udevd.service systemd-logind.service \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer >/dev/null
chroot "$root" systemctl disable keepalived.service >/dev/null
: >"$root/etc/machine-id"

# root reaches every node from every node without a question. The keys are of this image and serve nothing else.
mkdir -p "$root/root/.ssh"
ssh_keys=("$root"/etc/ssh/ssh_host_*_key.pub)
if [[ ! -e ${ssh_keys[0]} ]]; then chroot "$root" ssh-keygen -A; fi
chroot "$root" ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
cp "$root/root/.ssh/id_ed25519.pub" "$root/root/.ssh/authorized_keys"
chmod -R go= "$root/root/.ssh"
awk '{ print "*", $1, $2 }' "$root"/etc/ssh/ssh_host_*_key.pub >"$root/etc/ssh/ssh_known_hosts"
chroot "$root" systemctl enable ssh.service >/dev/null 2>&1

umount "$root/proc"
mv "$root" "$folder"
