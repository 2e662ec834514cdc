// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import org.cofferdam.core.bytes.Bytes;

/**
 * A key that is trusted by decision, not by proof. Vendors re-issue certificates for the same key,
 * so the key is pinned, not a certificate.
 *
 * @param id stable, for example {@code intel-sgx-root}
 * @param use what it may vouch for, for example {@code intel-sgx}, {@code amd-ark-milan}, {@code
 *     tpm-ek}
 * @param subjectPublicKeyInfo DER (RFC 5280 §4.1)
 * @param origin where it comes from; {@link Origin#DEVELOPMENT} anchors vouch for development TEEs
 *     only
 */
public record TrustAnchor(String id, String use, Bytes subjectPublicKeyInfo, Origin origin) {

  /** Who decided to trust it. */
  public enum Origin {
    /** Ships with the product; a fact about a vendor. */
    BUILT_IN,
    /** Added by the user; every result that leads to it says so. */
    SUPPLIED,
    /** Of a test root or a simulator: proves nothing about hardware. */
    DEVELOPMENT,
    /** No anchor at all: the evidence brought the key itself. Proves nothing about hardware. */
    UNENDORSED
  }

  /** SHA-256 of the key, lower-case hex. */
  public String fingerprint() {
    return subjectPublicKeyInfo.sha256().hex();
  }
}
