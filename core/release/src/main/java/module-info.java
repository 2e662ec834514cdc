// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** ReleaseGrant: made only from an appraisal, a release decision and a durable receipt. */
module org.cofferdam.core.release {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.policy;
  requires transitive org.cofferdam.core.ledger;

  exports org.cofferdam.core.release;
}
