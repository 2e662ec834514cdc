// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.snp;

/** Who builds the guest; each fills registers and pages in its own way. */
public enum Vmm {
  QEMU,
  /** Amazon's Nitro hypervisor. */
  EC2,
  /** Google Compute Engine. */
  GCE
}
