// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Reference values: forms, origin, validity, state. */
module org.cofferdam.core.reference {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.evidence;

  exports org.cofferdam.core.reference;
}
