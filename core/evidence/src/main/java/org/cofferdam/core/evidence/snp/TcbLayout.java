// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

/** Which byte of TCB_VERSION holds which component (SEV-SNP ABI, table "TCB_VERSION"). */
public enum TcbLayout {
  /** 0 boot loader, 1 TEE, 2-5 reserved, 6 SNP, 7 microcode. */
  MILAN,
  /** 0 FMC, 1 boot loader, 2 TEE, 3 SNP, 4-6 reserved, 7 microcode. */
  TURIN
}
