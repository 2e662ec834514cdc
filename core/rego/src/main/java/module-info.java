// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A Rego engine for the JVM, free of every other Cofferdam module. */
module org.cofferdam.core.rego {
  requires static transitive org.jspecify;
}
