// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What evidence should say: measurements predicted from the inputs of a launch. */
module org.cofferdam.core.measurement {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.reference;
  requires transitive org.cofferdam.core.evidence;
  requires org.tukaani.xz;

  exports org.cofferdam.core.measurement.boot;
  exports org.cofferdam.core.measurement.firmware;
  exports org.cofferdam.core.measurement.gramine;
  exports org.cofferdam.core.measurement.pod;
  exports org.cofferdam.core.measurement.sandbox;
  exports org.cofferdam.core.measurement.snp;
  exports org.cofferdam.core.measurement.tdx;
}
