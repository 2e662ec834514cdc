#!/bin/busybox sh
# Opens the root file system through dm-verity with the root hash of the measured command line and
# hands over to it. A block that does not match stops the machine.
B=/bin/busybox
$B mount -t devtmpfs dev /dev
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
for word in $($B cat /proc/cmdline); do
  case $word in
    cofferdam.root=*) hash=${word#cofferdam.root=} ;;
    cofferdam.blocks=*) blocks=${word#cofferdam.blocks=} ;;
  esac
done
while read -r module; do
  $B insmod "/modules/$module" || { echo "cofferdam: cannot load $module"; $B poweroff -f; }
done < /modules/order
DM_DISABLE_UDEV=1 /sbin/dmsetup create root --readonly --table \
  "0 $((blocks * 8)) verity 1 /dev/vda /dev/vdb 4096 4096 $blocks 0 sha256 $hash - 1 panic_on_corruption" \
  || { echo "cofferdam: cannot open the root"; $B poweroff -f; }
$B mount -t erofs -o ro /dev/dm-0 /root || { echo "cofferdam: cannot mount the root"; $B poweroff -f; }
$B mount --move /dev /root/dev
$B mount --move /proc /root/proc
$B mount --move /sys /root/sys
exec $B switch_root /root /init
