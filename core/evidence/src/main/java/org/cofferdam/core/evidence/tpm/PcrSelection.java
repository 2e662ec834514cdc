// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.tpm;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * TPMS_PCR_SELECTION (Part 2 §10.6.2).
 *
 * @param hash of the bank
 * @param pcrs selected, ascending
 */
public record PcrSelection(TpmHash hash, SortedSet<Integer> pcrs) {
  public PcrSelection {
    pcrs = Collections.unmodifiableSortedSet(new TreeSet<>(pcrs));
  }
}
