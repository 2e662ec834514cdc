#!/bin/sh
# First process of the verified root: what the agent needs of the kernel, then the agent.
B=/bin/busybox
export PATH=/bin:/sbin HOME=/run
$B mount -t tmpfs -o mode=755 run /run
$B mount -t tmpfs -o mode=1777 tmp /tmp
$B mount -t securityfs security /sys/kernel/security
$B mount -t cgroup2 cgroup /sys/fs/cgroup
$B mkdir /dev/pts /dev/shm /dev/mqueue
$B mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts
$B mount -t tmpfs -o mode=1777 shm /dev/shm
while read -r module; do
  $B insmod "/modules/$module"
done < /modules/order
$B ifconfig lo 127.0.0.1 up
$B ifconfig eth0 10.0.2.15 netmask 255.255.255.0 up
$B route add default gw 10.0.2.2
/jre/bin/java @/agent/options
echo "cofferdam: the agent ended with $?"
$B poweroff -f
