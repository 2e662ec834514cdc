// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Typed release policies, and Rego behind the same interface. */
module org.cofferdam.core.policy {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.attestation;
  requires transitive org.cofferdam.core.rego;

  exports org.cofferdam.core.policy;
}
