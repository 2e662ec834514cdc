// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.uvm;

import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * An issuer named by a certificate of its chain and by what its leaf may do: did:x509 version 0
 * with SHA-256 and policies of extended key usage. Other policies are refused, since an unread one
 * would not be held.
 *
 * @param text the whole identifier
 * @param caFingerprint SHA-256 of a CA certificate, never of the leaf
 * @param extendedKeyUsages OIDs, at least one
 */
public record DidX509(String text, Bytes caFingerprint, List<String> extendedKeyUsages) {
  private static final String FORMAT = "did:x509";
  private static final Pattern HEAD =
      Pattern.compile("did:x509:0:sha256:([A-Za-z0-9_-]{43})((?:::eku:[0-9]+(?:\\.[0-9]+)+)+)");

  public DidX509 {
    extendedKeyUsages = List.copyOf(extendedKeyUsages);
  }

  /**
   * @throws MalformedEvidenceException on any other form
   */
  public static DidX509 parse(String text) {
    Matcher matcher = HEAD.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedEvidenceException(
          FORMAT, "iss", -1, "is no did:x509 of version 0 with SHA-256 and usages only");
    }
    return new DidX509(
        text,
        Bytes.of(Base64.getUrlDecoder().decode(matcher.group(1))),
        List.of(matcher.group(2).substring("::eku:".length()).split("::eku:")));
  }
}
