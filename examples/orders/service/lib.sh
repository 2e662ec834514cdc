# SPDX-License-Identifier: Apache-2.0
# Copyright The Cofferdam Authors

# hmac KEY: HMAC-SHA-256 (RFC 2104) of standard input under SHA-256(KEY), in hex. KEY comes as a shell
# variable and goes only through builtins and pipes, so that no process list shows it.
hmac() {
  rest=$(printf %s "$1" | busybox sha256sum)
  rest=${rest%% *}
  inner= outer= n=0
  while [ $n -lt 64 ]; do
    byte=0
    if [ -n "$rest" ]; then
      tail=${rest#??}
      byte=0x${rest%"$tail"}
      rest=$tail
    fi
    inner="$inner $((byte ^ 0x36))"
    outer="$outer $((byte ^ 0x5c))"
    n=$((n + 1))
  done
  digest=$({
    printf '%02x' $inner | busybox xxd -r -p
    busybox cat
  } | busybox sha256sum)
  digest=$(printf '%02x' $outer | busybox xxd -r -p | {
    busybox cat
    printf %s "${digest%% *}" | busybox xxd -r -p
  } | busybox sha256sum)
  printf %s "${digest%% *}"
}
