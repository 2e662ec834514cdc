// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A Rego engine for the JVM, free of every other Cofferdam module. */
module org.cofferdam.core.rego {
  requires java.naming;
  requires re2j;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports org.cofferdam.core.rego;
  exports org.cofferdam.core.rego.value;
}
