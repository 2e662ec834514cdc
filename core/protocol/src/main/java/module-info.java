// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Messages shared by guest and broker. */
module org.cofferdam.core.protocol {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.evidence;
  requires transitive org.cofferdam.core.bytes;

  exports org.cofferdam.core.protocol.initdata;
  exports org.cofferdam.core.protocol.kbs;
  exports org.cofferdam.core.protocol.tls;
  exports org.cofferdam.core.protocol.ratls;
}
